import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { MODES } from './modes/registry.ts';
import { startApp } from './state/app/start.ts';
import { App } from './ui/app/App.tsx';
import { registerSlices } from './ui/bench/modes/slice.ts';

registerSlices(MODES);
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element "root".');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
void startApp();
