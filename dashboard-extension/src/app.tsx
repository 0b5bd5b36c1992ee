import { lazy, Suspense } from "react";
import { Redirect, Route, Switch } from "wouter";
import { HealthBanner } from "@/lib/health";
import { paths, Routing } from "@/lib/routing";
import { ViewerProvider } from "@/lib/viewer";
import { ErrorBoundary } from "@/pages/error-boundary";
import { EventsPage } from "@/pages/events";
import { NotFoundPage } from "@/pages/not-found";
import { ConfirmProvider } from "@/ui/confirm";
import { Loading } from "@/ui/notice";

// What a merchant opens first comes at once, the rest when it is opened.
const LogPage = lazy(() => import("@/pages/log"));
const ScenariosPage = lazy(() => import("@/pages/scenarios"));
const ScenarioPage = lazy(() => import("@/pages/scenario"));
const KeysPage = lazy(() => import("@/pages/keys"));
const SettingsPage = lazy(() => import("@/pages/settings"));
const WhyPage = lazy(() => import("@/pages/why"));
const OfCustomerPage = lazy(() => import("@/pages/of-customer"));

export function App() {
  return (
    <Routing>
      <ViewerProvider>
        <ConfirmProvider>
          <HealthBanner />
          <ErrorBoundary>
            <Suspense fallback={<Loading />}>
              <Pages />
            </Suspense>
          </ErrorBoundary>
        </ConfirmProvider>
      </ViewerProvider>
    </Routing>
  );
}

function Pages() {
  return (
    <Switch>
      <Route path="/">
        <Redirect to={paths.events} replace />
      </Route>
      <Route path="/events/:number?">{({ number }) => <EventsPage open={number} />}</Route>
      <Route path="/scenarios">
        <ScenariosPage />
      </Route>
      <Route path="/scenarios/:number">{({ number }) => <ScenarioPage key={number} number={Number(number)} />}</Route>
      <Route path="/log">
        <LogPage />
      </Route>
      <Route path="/log/event/:number">{({ number }) => <LogPage event={Number(number)} />}</Route>
      <Route path="/log/scenario/:number">{({ number }) => <LogPage scenario={Number(number)} />}</Route>
      <Route path="/log/customer/:id">{({ id }) => <OfCustomerPage id={id} to="log" />}</Route>
      <Route path="/log/invocation/:number">{({ number }) => <LogPage invocation={number} />}</Route>
      <Route path="/keys">
        <KeysPage />
      </Route>
      <Route path="/settings">
        <SettingsPage />
      </Route>
      <Route path="/why">
        <WhyPage />
      </Route>
      <Route path="/why/customer/:id">{({ id }) => <OfCustomerPage id={id} to="why" />}</Route>
      <Route>
        <NotFoundPage />
      </Route>
    </Switch>
  );
}
