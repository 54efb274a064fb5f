import { memo, useMemo } from 'react';
import type { Picture, Size } from '../../../core/pictures/picture.ts';
import { PictureCanvas } from '../../../ui/media/PictureCanvas.tsx';
import type { TextBox, TextMap } from '../core/decode.ts';
import { type Colour, overlay, svgPoints } from '../core/overlay.ts';
import styles from './Spotting.module.css';

/** Boxes of one lane on a picture. */
export interface BoxLayer {
  readonly id: string;
  readonly colour: string;
  readonly dash: string;
  /** Of the lines, in pixels. */
  readonly stroke: number;
  readonly shared: readonly TextBox[];
  /** Filled: no second lane's, where two are compared. */
  readonly own: readonly TextBox[];
  /** The reference's, which this lane does not draw. */
  readonly missed: readonly TextBox[];
}

interface BoxPictureProps {
  /** null where it was not kept. */
  readonly picture: Picture | null;
  /** Of the map, in whose pixels the boxes are. */
  readonly size: Size;
  readonly layers: readonly BoxLayer[];
  readonly heat: TextMap | null;
  readonly label: string;
}

/** Told apart from all text and paper, in both colour schemes. */
const HEAT: Colour = [255, 0, 128];

function HeatMap({ map }: { readonly map: TextMap }) {
  const picture = useMemo(() => overlay(map, HEAT), [map]);
  return <PictureCanvas className={styles['heat']} picture={picture} />;
}

/** Behind all lines, so that no lane's hide another's. */
function Rims({ layer: { stroke, shared, own, missed } }: { readonly layer: BoxLayer }) {
  return [...missed, ...shared, ...own].map(({ corners }) => {
    const points = svgPoints(corners);
    return (
      <polygon
        key={points}
        className={styles['rim']}
        points={points}
        style={{ strokeWidth: stroke + 2.5 }}
      />
    );
  });
}

function Boxes({
  boxes,
  kind,
  layer: { colour, dash, stroke },
}: {
  readonly boxes: readonly TextBox[];
  readonly kind: 'shared' | 'own' | 'missed';
  readonly layer: BoxLayer;
}) {
  const paint =
    kind === 'missed'
      ? {}
      : {
          stroke: colour,
          strokeWidth: stroke,
          strokeDasharray: dash,
          ...(kind === 'own' && { fill: colour }),
        };
  return boxes.map(({ corners }) => {
    const points = svgPoints(corners);
    return (
      <g key={points} data-box={kind}>
        <polygon
          className={kind === 'shared' ? undefined : styles[kind]}
          points={points}
          style={paint}
        />
      </g>
    );
  });
}

/** A picture with boxes over it; a blank sheet of its form where it was not kept. */
export const BoxPicture = memo(function BoxPicture({
  picture,
  size,
  layers,
  heat,
  label,
}: BoxPictureProps) {
  const { width, height } = picture ?? size;
  return (
    <div
      className={styles['frame']}
      style={{ aspectRatio: `${width} / ${height}` }}
      role="img"
      aria-label={label}
    >
      {picture && <PictureCanvas className={styles['picture']} picture={picture} />}
      {heat && <HeatMap map={heat} />}
      <svg
        className={styles['boxes']}
        viewBox={`0 0 ${size.width} ${size.height}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {layers.map((layer) => (
          <Rims key={layer.id} layer={layer} />
        ))}
        {layers.map((layer) => (
          <g key={layer.id}>
            <Boxes boxes={layer.missed} kind="missed" layer={layer} />
            <Boxes boxes={layer.shared} kind="shared" layer={layer} />
            <Boxes boxes={layer.own} kind="own" layer={layer} />
          </g>
        ))}
      </svg>
    </div>
  );
});
