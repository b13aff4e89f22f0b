import { Suspense } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { PageLoading } from './components/page-loading.tsx';
import { lazyPage } from './screen/lazy-page.ts';
import { NotFoundPage } from './shell/not-found-page.tsx';
import { PageErrorBoundary } from './shell/page-error-boundary.tsx';

const Worklist = lazyPage(() => import('./worklist/worklist-page.tsx'));
const Orders = lazyPage(() => import('./orders/orders-page.tsx'));
const Inbox = lazyPage(() => import('./inbox/inbox-page.tsx'));
const Transaction = lazyPage(() => import('./transaction/transaction-page.tsx'));
const Search = lazyPage(() => import('./search/search-page.tsx'));
const MessageTemplates = lazyPage(
  () => import('../../capabilities/messages/page/templates/templates-page.tsx'),
);
const Insights = lazyPage(() => import('./insights/insights-page.tsx'));
const Health = lazyPage(() => import('./health/health-page.tsx'));

/** The routes of the dashboard. */
export function Pages() {
  const [path] = useLocation();
  return (
    <PageErrorBoundary key={path}>
      <Suspense fallback={<PageLoading />}>
        <Switch>
          <Route path="/" component={Worklist} />
          <Route path="/orders" component={Orders} />
          <Route path="/results" component={Inbox} />
          <Route path="/transactions/:id">{({ id }) => <Transaction id={id} key={id} />}</Route>
          <Route path="/search" component={Search} />
          {/* Mails lead to these two. Where there is no page, they are lists of the API. */}
          <Route path="/critical-results">
            <Redirect to="/results?show=critical" replace />
          </Route>
          <Route path="/match-reviews">
            <Redirect to="/?f=type%3DMatch+review" replace />
          </Route>
          <Route path="/message-templates" component={MessageTemplates} />
          <Route path="/insights" component={Insights} />
          <Route path="/health" component={Health} />
          <Route component={NotFoundPage} />
        </Switch>
      </Suspense>
    </PageErrorBoundary>
  );
}
