import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { registerTasks } from './core/tasks/register.ts';
import { MODES } from './modes/registry.ts';
import { startApp } from './state/app/start.ts';
import { TASKS } from './tasks/registry.ts';
import { App } from './ui/app/App.tsx';
import { registerSlices } from './ui/bench/modes/slice.ts';

registerTasks(TASKS);
registerSlices(MODES);
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element "root".');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
void startApp();
