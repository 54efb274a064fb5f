import { createContext, type ReactNode, useCallback, useContext, useMemo } from 'react';
import type { Model } from '../../core/models/model.ts';
import type { Lane } from '../../core/race/lane.ts';
import {
  type DrawnVariant,
  lookKey,
  looksOf,
  plainLook,
  type VariantLook,
} from '../../core/race/looks.ts';
import { useBench } from './use.ts';

type Looks = ReadonlyMap<string, VariantLook>;

/** Those of reports, whose lanes this page may not know. */
const OwnLooks = createContext<Looks>(new Map());

const KNOWN = new WeakMap<readonly Model[], Looks>();

/** The looks of all variants that the page offers. */
function knownLooks(models: readonly Model[]): Looks {
  const known = KNOWN.get(models);
  if (known) return known;
  const looks = new Map(models.flatMap(({ variants }) => [...looksOf(variants)]));
  KNOWN.set(models, looks);
  return looks;
}

interface LanesTogetherProps {
  readonly modelId: string;
  readonly lanes: readonly Lane[];
  readonly children: ReactNode;
}

/** Within it these lanes, perhaps another device's, are told apart, and look as they do on the bench. */
export function LanesTogether({ modelId, lanes, children }: LanesTogetherProps) {
  const models = useBench((state) => state.models);
  const looks = useMemo(() => {
    const offered = models.find(({ id }) => id === modelId)?.variants ?? [];
    return looksOf([...offered, ...lanes.map(({ variant }) => variant)]);
  }, [models, modelId, lanes]);
  return <OwnLooks.Provider value={looks}>{children}</OwnLooks.Provider>;
}

/** Colour and shape of a variant, the same on every page. */
export function useVariantLook(): (variant: DrawnVariant) => VariantLook {
  const models = useBench((state) => state.models);
  const own = useContext(OwnLooks);
  return useCallback(
    (variant) => {
      const key = lookKey(variant);
      return own.get(key) ?? knownLooks(models).get(key) ?? plainLook(variant);
    },
    [models, own],
  );
}
