import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { PageLoading } from './components/page-loading.tsx';
import { NotFoundPage } from './shell/not-found-page.tsx';
import { PageErrorBoundary } from './shell/page-error-boundary.tsx';

const Worklist = lazy(() => import('./worklist/worklist-page.tsx'));
const Orders = lazy(() => import('./orders/orders-page.tsx'));
const Results = lazy(() => import('./results/results-page.tsx'));
const Transaction = lazy(() => import('./transaction/transaction-page.tsx'));
const Search = lazy(() => import('./search/search-page.tsx'));
const StalledOrders = lazy(() => import('./stalled-orders/stalled-orders-page.tsx'));
const CriticalResults = lazy(() => import('./critical-results/critical-results-page.tsx'));
const MatchReviews = lazy(() => import('./match-reviews/match-reviews-page.tsx'));
const MessageTemplates = lazy(() => import('./patient-messages/templates/templates-page.tsx'));
const Health = lazy(() => import('./health/health-page.tsx'));

/** The routes of the dashboard. */
export function Pages() {
  return (
    <PageErrorBoundary>
      <Suspense fallback={<PageLoading />}>
        <Switch>
          <Route path="/" component={Worklist} />
          <Route path="/stalled-orders" component={StalledOrders} />
          <Route path="/orders" component={Orders} />
          <Route path="/results" component={Results} />
          <Route path="/transactions/:id">{({ id }) => <Transaction id={id} key={id} />}</Route>
          <Route path="/search" component={Search} />
          <Route path="/critical-results" component={CriticalResults} />
          <Route path="/match-reviews" component={MatchReviews} />
          <Route path="/message-templates" component={MessageTemplates} />
          <Route path="/health" component={Health} />
          <Route component={NotFoundPage} />
        </Switch>
      </Suspense>
    </PageErrorBoundary>
  );
}
