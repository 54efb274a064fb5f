import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startApp } from './state/start.ts';
import { App } from './ui/App.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element "root".');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
void startApp();
