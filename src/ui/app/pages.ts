import { type ComponentType, lazy } from 'react';
import { BenchPage } from '../bench/BenchPage.tsx';
import type { Icon } from './icons.tsx';

export interface PageEntry {
  /** After the hash. */
  readonly path: string;
  /** As the navigation and the browser's tab call it. */
  readonly title: string;
  /** A chunk of its own for all but the bench, where most people start. */
  readonly Page: ComponentType;
  /** Its place in the navigation: among the words for what one does, or the icons at the right. */
  readonly nav?: 'words' | 'icons';
  readonly icon?: Icon;
}

/** Every page, in the order of the navigation. A page of a page lies within its path. */
export const PAGES: readonly PageEntry[] = [
  { path: '/', title: 'Bench', nav: 'words', icon: 'dial', Page: BenchPage },
  {
    path: '/inspect',
    title: 'Inspect',
    nav: 'words',
    icon: 'lens',
    Page: lazy(() => import('../inspect/InspectPage.tsx')),
  },
  {
    path: '/compress',
    title: 'Compress',
    nav: 'words',
    icon: 'press',
    Page: lazy(() => import('../compress/CompressPage.tsx')),
  },
  {
    path: '/reports',
    title: 'Reports',
    nav: 'icons',
    icon: 'sheet',
    Page: lazy(() => import('../reports/ReportsPage.tsx')),
  },
  {
    path: '/device',
    title: 'Device',
    nav: 'icons',
    icon: 'chip',
    Page: lazy(() => import('../device/DevicePage.tsx')),
  },
  {
    path: '/reports/:id',
    title: 'Report',
    Page: lazy(() => import('../reports/ReportPage.tsx')),
  },
  {
    path: '/reports/:id/against/:other',
    title: 'Two reports compared',
    Page: lazy(() => import('../reports/ComparePage.tsx')),
  },
  {
    path: '/device/energy',
    title: 'Energy',
    Page: lazy(() => import('../device/EnergyPage.tsx')),
  },
  {
    path: '/device/self-test',
    title: 'Self-test',
    Page: lazy(() => import('../device/SelfTestPage.tsx')),
  },
  {
    path: '/method/:name',
    title: 'Method',
    Page: lazy(() => import('../method/MethodPage.tsx')),
  },
  { path: '/models/:id', title: 'Model', Page: lazy(() => import('../models/ModelPage.tsx')) },
];
