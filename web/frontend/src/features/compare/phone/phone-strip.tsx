import { useEffect, useRef } from "react";

import type { Photo } from "@/shared/api/schema-types";
import { useMessages } from "@/shared/i18n/language-context";

import { StripMarks } from "../components/strip-marks";

import classes from "./phone-strip.module.css";

interface PhoneStripProps {
  photos: readonly Photo[];
  shown: readonly string[];
  active: string | undefined;
  onSee: (id: string) => void;
}

/** The photos in the order of swiping. A tap puts one in the place of the chosen one. */
export function PhoneStrip({ photos, shown, active, onSee }: PhoneStripProps) {
  const own = useMessages("compare-phone");
  const strip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    strip.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [active]);
  if (photos.length < 2) return null;
  return (
    <div ref={strip} className={classes.strip} role="group" aria-label={own("strip")}>
      {photos.map((photo) => (
        <button
          key={photo.id}
          type="button"
          className={classes.photo}
          aria-pressed={shown.includes(photo.id)}
          aria-current={photo.id === active ? "true" : undefined}
          aria-label={own("see", { name: photo.name })}
          data-decision={photo.decision}
          onClick={() => onSee(photo.id)}
        >
          <img src={photo.thumbnail_url ?? undefined} alt="" draggable={false} />
          <StripMarks photo={photo} />
        </button>
      ))}
    </div>
  );
}
