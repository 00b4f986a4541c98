import type { ReactNode } from "react";

import classes from "./choice.module.css";

interface ChoiceProps {
  type: "radio" | "checkbox";
  name: string;
  label: string;
  text?: string | undefined;
  checked: boolean;
  onChange: (checked: boolean) => void;
  /** At the end of the row, such as a count. */
  children?: ReactNode;
}

/** One row to press, the browser's own control in it: arrows, the space bar and screen readers work as everywhere. */
export function Choice({ type, name, label, text, checked, onChange, children }: ChoiceProps) {
  return (
    <label className={classes.choice}>
      <input
        type={type}
        name={name}
        className={classes.control}
        checked={checked}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span className={classes.words}>
        {label}
        {text && <span className={classes.text}>{text}</span>}
      </span>
      {children !== undefined && <span className={classes.end}>{children}</span>}
    </label>
  );
}

/** Choices that belong together, under what they are about. */
export function Choices({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <fieldset className={classes.choices}>
      <legend className={classes.legend}>{legend}</legend>
      {children}
    </fieldset>
  );
}
