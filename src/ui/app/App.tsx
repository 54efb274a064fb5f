import '../theme/styles.ts';
import { MantineProvider } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Route, Router, Switch } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { BenchPage } from '../bench/BenchPage.tsx';
import { FileDrop } from '../bench/FileDrop.tsx';
import { theme } from '../theme/theme.ts';
import { Header } from './Header.tsx';

/** These come with the first visit to them: most people start at the bench. */
const DevicePage = lazy(() => import('../device/DevicePage.tsx'));
const InspectPage = lazy(() => import('../inspect/InspectPage.tsx'));
const CompressPage = lazy(() => import('../compress/CompressPage.tsx'));
const ReportsPage = lazy(() => import('../reports/ReportsPage.tsx'));
const ReportPage = lazy(() => import('../reports/ReportPage.tsx'));
const ComparePage = lazy(() => import('../reports/ComparePage.tsx'));
const EnergyPage = lazy(() => import('../device/EnergyPage.tsx'));
const ModelPage = lazy(() => import('../models/ModelPage.tsx'));
const SelfTestPage = lazy(() => import('../device/SelfTestPage.tsx'));

/** Later visits; each page is a chunk of its own. */
const LATER = [
  ['/device', DevicePage],
  ['/inspect', InspectPage],
  ['/compress', CompressPage],
  ['/reports', ReportsPage],
  ['/reports/:id', ReportPage],
  ['/reports/:id/against/:other', ComparePage],
  ['/device/energy', EnergyPage],
  ['/device/self-test', SelfTestPage],
  ['/models/:id', ModelPage],
] as const;

export function App() {
  return (
    // The policy forbids inline styles: variables come from a stylesheet, not from Mantine.
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <Router hook={useHashLocation}>
        <Header />
        <Switch>
          {LATER.map(([path, Page]) => (
            <Route key={path} path={path}>
              <Suspense fallback={null}>
                <Page />
              </Suspense>
            </Route>
          ))}
          <Route component={BenchPage} />
        </Switch>
        <FileDrop />
      </Router>
    </MantineProvider>
  );
}
