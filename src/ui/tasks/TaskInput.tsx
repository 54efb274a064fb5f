import { Suspense } from 'react';
import type { Model } from '../../core/models/model.ts';
import { useTaskViews } from './views.ts';

function Input({ model }: { readonly model: Model }) {
  const views = useTaskViews(model.task);
  return <views.Input model={model} />;
}

/** What the selected model runs on, and how to choose it. */
export function TaskInput({ model }: { readonly model: Model }) {
  return (
    <Suspense fallback={null}>
      <Input model={model} />
    </Suspense>
  );
}
