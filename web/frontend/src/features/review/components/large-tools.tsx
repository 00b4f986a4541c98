import { IconFocusCentered, IconInfoCircle, IconSunHigh } from "@tabler/icons-react";
import type { ReactNode } from "react";

import { useMessages } from "@/shared/i18n/language-context";
import { canReadPixels } from "@/shared/pictures/pixel-reader";

import type { Inspection, Layer } from "../hooks/use-inspection";
import { largeMessages } from "../large-messages";

import classes from "./large-picture.module.css";

const LAYERS: readonly (readonly [Layer, key: string, ReactNode])[] = [
  ["info", "I", <IconInfoCircle key="info" size={22} stroke={1.6} />],
  ["peaking", "B", <IconFocusCentered key="peaking" size={22} stroke={1.6} />],
  ["clipping", "J", <IconSunHigh key="clipping" size={22} stroke={1.6} />],
];

/** What can be laid over the photo. */
export function LargeTools({ inspection }: { inspection: Inspection }) {
  const t = useMessages(largeMessages);
  return (
    <div className={classes.tools}>
      {LAYERS.filter(([layer]) => layer === "info" || canReadPixels()).map(([layer, key, icon]) => (
        <button
          key={layer}
          type="button"
          className={classes.tool}
          aria-label={t(layer)}
          title={`${t(layer)} (${key})`}
          aria-pressed={inspection[layer]}
          onClick={() => inspection.toggle(layer)}
        >
          {icon}
        </button>
      ))}
    </div>
  );
}
