import { type KeyboardEvent, type ReactNode, useRef } from "react";

import classes from "./marks.module.css";

export interface RadioOption<Value> {
  readonly value: Value;
  readonly name: string;
  readonly content: ReactNode;
}

interface RadioRowProps<Value> {
  label: string;
  options: readonly RadioOption<Value>[];
  chosen: Value | null;
  /** Also of the one that is chosen already. */
  onChoose: (value: Value) => void;
  className?: string | undefined;
}

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

/**
 * Buttons of which at most one is chosen. Arrows move between them and choose nothing, as in a toolbar: each choice is a
 * step that can be undone.
 */
export function RadioRow<Value extends string | number>(props: RadioRowProps<Value>) {
  const { label, options, chosen, onChoose, className } = props;
  const place = options.findIndex(({ value }) => value === chosen);
  const radios = useRef<(HTMLButtonElement | null)[]>([]);
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    radios.current[(index + step + options.length) % options.length]?.focus();
  };
  return (
    <div role="radiogroup" aria-label={label} className={className}>
      {options.map(({ value, name, content }, index) => (
        <button
          key={value}
          ref={(radio) => {
            radios.current[index] = radio;
          }}
          type="button"
          role="radio"
          aria-checked={value === chosen}
          aria-label={name}
          title={name}
          tabIndex={index === Math.max(0, place) ? 0 : -1}
          className={classes.option}
          // The focus stays where it was, so that the arrows still lead to the next photo.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(value)}
          onKeyDown={(event) => onKeyDown(event, index)}
        >
          {content}
        </button>
      ))}
    </div>
  );
}
