import { IconFocusCentered, IconInfoCircle, IconSunHigh } from "@tabler/icons-react";
import type { ReactNode } from "react";

import { useMessages } from "@/shared/i18n/language-context";
import { isMac, keyNames } from "@/shared/keyboard/key-names";
import { PRESETS } from "@/shared/keyboard/presets";
import { useKeyPreset } from "@/shared/keyboard/use-key-preset";
import { canReadPixels } from "@/shared/pictures/pixel-reader";

import type { Inspection, Layer } from "../hooks/use-inspection";

import classes from "./large-picture.module.css";

const LAYERS: readonly (readonly [Layer, ReactNode])[] = [
  ["info", <IconInfoCircle key="info" size={22} stroke={1.6} />],
  ["peaking", <IconFocusCentered key="peaking" size={22} stroke={1.6} />],
  ["clipping", <IconSunHigh key="clipping" size={22} stroke={1.6} />],
];

/** What can be laid over the photo. */
export function LargeTools({ inspection }: { inspection: Inspection }) {
  const t = useMessages("review-large");
  const keyWords = useMessages("keyboard");
  const [preset] = useKeyPreset();
  const keysOf = (layer: Layer) => keyNames(PRESETS[preset][layer], keyWords, isMac()).join(", ");
  return (
    <div className={classes.tools}>
      {LAYERS.filter(([layer]) => layer === "info" || canReadPixels()).map(([layer, icon]) => (
        <button
          key={layer}
          type="button"
          className={classes.tool}
          aria-label={t(layer)}
          title={`${t(layer)} (${keysOf(layer)})`}
          aria-pressed={inspection[layer]}
          onClick={() => inspection.toggle(layer)}
        >
          {icon}
        </button>
      ))}
    </div>
  );
}
