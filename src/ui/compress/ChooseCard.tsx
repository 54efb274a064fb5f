import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { needsInputs } from '../../core/compress/recipe.ts';
import {
  openRecipe,
  recipeOf,
  type TechniqueChoice,
  techniqueChoices,
} from '../../state/compress/composing.ts';
import { isCompressing } from '../../state/compress/compress.ts';
import { makeVariant, saveChosenRecipe } from '../../state/compress/compressing.ts';
import { stopCompressing } from '../../state/compress/compressJob.ts';
import { Card } from '../parts/Card.tsx';
import { FileButton } from '../parts/FileButton.tsx';
import { TextButton } from '../parts/TextButton.tsx';
import { useBench, useCompression, useTaken } from '../parts/use.ts';
import styles from './ChooseCard.module.css';
import { InputsChoice } from './InputsChoice.tsx';
import { TechniqueCard } from './TechniqueCard.tsx';

/** Loads a recipe from a file. */
function RecipePick({ disabled }: { disabled: boolean }) {
  return (
    <FileButton
      label="Recipe file"
      accept=".json,application/json"
      disabled={disabled}
      onFiles={([file]) => void openRecipe(file)}
    >
      Load a recipe
    </FileButton>
  );
}

function Techniques({ choices, disabled }: { choices: TechniqueChoice[]; disabled: boolean }) {
  return (
    <div className={styles['techniques']}>
      {[...choices]
        .sort((a, b) => a.technique.rank - b.technique.rank)
        .map((choice) => (
          <TechniqueCard key={choice.technique.id} choice={choice} disabled={disabled} />
        ))}
    </div>
  );
}

/** Techniques with all their dials, to be combined into a recipe. */
export function ChooseCard() {
  const chosen = useCompression((state) => state.chosen);
  const options = useCompression((state) => state.options);
  const title = useCompression((state) => state.title);
  const running = useCompression(isCompressing);
  const taken = useTaken();
  const ready = useBench((state) => state.modelId !== null);
  const choices = useMemo(() => techniqueChoices({ chosen, options }), [chosen, options]);
  const recipe = useMemo(() => recipeOf({ chosen, options, title }), [chosen, options, title]);
  const helping = choices.filter(({ expected }) => !expected);
  return (
    <Card title="Or choose">
      <Techniques choices={choices.filter(({ expected }) => expected)} disabled={running} />
      {helping.length > 0 && (
        <details
          className={styles['helping']}
          open={helping.some((each) => each.chosen) || undefined}
        >
          <summary>{helping.length} more that preserve accuracy</summary>
          <Techniques choices={helping} disabled={running} />
        </details>
      )}
      {recipe && needsInputs(recipe) && <InputsChoice disabled={running} />}
      <div className={styles['make']}>
        {running ? (
          <Button fullWidth variant="default" onClick={stopCompressing}>
            Cancel
          </Button>
        ) : (
          <Button
            fullWidth
            variant="default"
            disabled={!recipe || !ready || taken}
            onClick={() => void makeVariant()}
          >
            {recipe ? `Make ${recipe.title}` : 'Choose a technique'}
          </Button>
        )}
        <p className={styles['recipes']}>
          <RecipePick disabled={running} />
          <TextButton disabled={!recipe} onClick={saveChosenRecipe}>
            Save this recipe
          </TextButton>
        </p>
      </div>
    </Card>
  );
}
