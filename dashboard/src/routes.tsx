import { Suspense } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { PageLoading } from './components/page-loading.tsx';
import { lazyPage } from './screen/lazy-page.ts';
import { NotFoundPage } from './shell/not-found-page.tsx';
import { PageErrorBoundary } from './shell/page-error-boundary.tsx';

const Worklist = lazyPage(() => import('./worklist/worklist-page.tsx'));
const Orders = lazyPage(() => import('./orders/orders-page.tsx'));
const Results = lazyPage(() => import('./inbox/results-page.tsx'));
const Transaction = lazyPage(() => import('./transaction/transaction-page.tsx'));
const Search = lazyPage(() => import('./search/search-page.tsx'));
const CriticalResults = lazyPage(() => import('./inbox/critical-results-page.tsx'));
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
          <Route path="/results" component={Results} />
          <Route path="/transactions/:id">{({ id }) => <Transaction id={id} key={id} />}</Route>
          <Route path="/search" component={Search} />
          <Route path="/critical-results" component={CriticalResults} />
          {/* Mails lead there. Where there is no page, it is a list of the API. */}
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
