import { useEffect } from 'react';
import { Link, useParams } from 'wouter';
import { useStore } from 'zustand';
import { bytes, range, short, spell } from '../../core/format.ts';
import type { ModelCard } from '../../core/models/card.ts';
import type { Model } from '../../core/models/model.ts';
import { modelUrl } from '../../engine/files/models.ts';
import { cards, openCards } from '../../state/app/cards.ts';
import { chooseModel } from '../../state/bench/choices.ts';
import { Card } from '../parts/Card.tsx';
import { Fault } from '../parts/Fault.tsx';
import { useBench } from '../parts/use.ts';
import { MeasuredTable } from './MeasuredTable.tsx';
import styles from './ModelPage.module.css';

function Lines({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  return (
    <Card title={title}>
      <ul className={styles['lines']}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Card>
  );
}

function Facts({ model, card }: { readonly model: Model; readonly card: ModelCard }) {
  const { training, source } = card;
  return (
    <Card title="What it is">
      <dl className={styles['facts']}>
        {model.parameters !== undefined && (
          <>
            <dt>Parameters</dt>
            <dd>{short(model.parameters)}</dd>
          </>
        )}
        {model.macs !== undefined && (
          <>
            <dt>MACs per inference</dt>
            <dd>{short(model.macs)}</dd>
          </>
        )}
        <dt>From</dt>
        <dd>{source}</dd>
        <dt>Licence</dt>
        <dd data-licence>{model.licence}</dd>
        {training && (
          <>
            <dt>Training</dt>
            <dd>
              {spell(training.seconds * 1000)} on {training.machine}, with {training.data}. About{' '}
              {range(training.joules)} J: {training.joules.method}.
            </dd>
          </>
        )}
      </dl>
      <ul className={styles['variants']}>
        {model.variants.map(({ id, title, bytes: size, made }) => (
          <li key={id}>
            <b>{title}</b>, {bytes(size)}. {made}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Whole({ model, card }: { readonly model: Model; readonly card: ModelCard }) {
  const { picture } = card;
  return (
    <>
      <Card>
        <h1 className={styles['title']}>{model.title}</h1>
        <p className={styles['sentence']}>
          {model.sentence} {card.use}
        </p>
        <figure className={styles['figure']}>
          <img
            src={modelUrl(picture.file)}
            width={picture.width}
            height={picture.height}
            alt={picture.alt}
          />
          <figcaption>{picture.credit}</figcaption>
        </figure>
        <Link href="/" onClick={() => chooseModel(model.id)}>
          Race it
        </Link>
      </Card>
      <Lines title="What it must not be used for" lines={card.notFor} />
      <Lines title="Known biases and limits" lines={card.limits} />
      <Card title="What was measured">
        {card.measured.map((measured) => (
          <MeasuredTable key={measured.title} measured={measured} />
        ))}
        {card.published && <p className={styles['published']}>{card.published}</p>}
      </Card>
      <Facts model={model} card={card} />
    </>
  );
}

/** What people should know of a model of the zoo before they use it. */
export default function ModelPage() {
  const { id } = useParams<{ id: string }>();
  const models = useBench((state) => state.models);
  const found = useStore(cards);
  useEffect(() => void openCards(), []);
  const model = models.find((each) => each.id === id);
  const carded = found.state === 'ready' ? found.cards : [];
  const card = carded.find((each) => each.id === id);
  return (
    <main className={styles['page']}>
      <nav aria-label="Models" className={styles['models']}>
        {models
          .filter((each) => carded.some((other) => other.id === each.id))
          .map((each) => (
            <Link
              key={each.id}
              href={`/models/${each.id}`}
              aria-current={each.id === id ? 'page' : undefined}
            >
              {each.title}
            </Link>
          ))}
      </nav>
      {found.state === 'failed' && <Fault error={found.error} />}
      {found.state === 'waiting' && <p role="status">Reading…</p>}
      {found.state === 'ready' && models.length > 0 && !(model && card) && (
        <p role="status">There is no model “{id}” here.</p>
      )}
      {model && card && <Whole model={model} card={card} />}
    </main>
  );
}
