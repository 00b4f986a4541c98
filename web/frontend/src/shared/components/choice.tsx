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

/** A row with the browser's own control in it, so that keys and screen readers work as usual. */
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

/** A group of choices under a legend. */
export function Choices({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <fieldset className={classes.choices}>
      <legend className={classes.legend}>{legend}</legend>
      {children}
    </fieldset>
  );
}

interface RadiosProps<Value extends string | number> {
  name: string;
  values: readonly Value[];
  chosen: Value | undefined;
  label: (value: Value) => string;
  text?: (value: Value) => string | undefined;
  /** At the end of each row. */
  end?: (value: Value) => ReactNode;
  onChoose: (value: Value) => void;
}

/** A choice of one of these values. */
export function Radios<Value extends string | number>(props: RadiosProps<Value>) {
  return props.values.map((value) => (
    <Choice
      key={value}
      type="radio"
      name={props.name}
      label={props.label(value)}
      text={props.text?.(value)}
      checked={props.chosen === value}
      onChange={() => props.onChoose(value)}
    >
      {props.end?.(value)}
    </Choice>
  ));
}
