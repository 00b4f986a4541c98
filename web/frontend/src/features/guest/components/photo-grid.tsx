import { IconPlayerPlayFilled } from "@tabler/icons-react";
import { type CSSProperties, type KeyboardEvent, memo } from "react";

import type { SharedPhoto, ShareRole } from "@/shared/api/schema-types";
import { useFormat, useMessages } from "@/shared/i18n/language-context";

import { daysOf } from "../model/stretches";

import { ChoiceButton } from "./choice-button";
import classes from "./photo-grid.module.css";

/** A panorama is cut in the grid, and so is what is very high: else nothing would be left of the photos beside it. */
const RATIOS = { least: 0.55, most: 2.4 };

interface PhotoGridProps {
  role: ShareRole;
  photos: readonly SharedPhoto[];
  onOpen: (photoId: string) => void;
  onChoose: (photo: SharedPhoto, isChosen: boolean) => void;
  /** A picture is gone, perhaps with all others. */
  onMissing: () => void;
}

/** The photos in order, by days; what belongs to one moment stands together. */
export function PhotoGrid({ photos, ...props }: PhotoGridProps) {
  const t = useMessages("guest");
  const format = useFormat();
  let number = 0;
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- The arrows go from photo to photo.
    <div onKeyDown={goByArrows}>
      {daysOf(photos).map(({ key, day, stretches }) => (
        <section key={key} className={classes.day}>
          <h2 className={classes.date}>{day ? format.day(day) : t("untimed")}</h2>
          {stretches.map((stretch) => (
            <div key={stretch.key} className={classes.stretch}>
              {stretch.isMoment && (
                <h3 className={classes.moment}>
                  {[stretch.time?.slice(11, 16), t("ofMoment", { count: stretch.photos.length })]
                    .filter(Boolean)
                    .join(" · ")}
                </h3>
              )}
              <ul className={classes.photos}>
                {stretch.photos.map((photo) => {
                  number += 1;
                  return (
                    <GridPhoto
                      key={photo.id}
                      photo={photo}
                      label={t("photo", { number, total: photos.length })}
                      {...props}
                    />
                  );
                })}
              </ul>
            </div>
          ))}
        </section>
      ))}
    </div>
  );
}

interface GridPhotoProps extends Omit<PhotoGridProps, "photos"> {
  photo: SharedPhoto;
  label: string;
}

const GridPhoto = memo(function GridPhoto({ photo, label, role, onOpen, onChoose, onMissing }: GridPhotoProps) {
  const t = useMessages("guest");
  const ratio = photo.width && photo.height ? photo.width / photo.height : 1.5;
  const style = {
    "--ratio": Math.min(RATIOS.most, Math.max(RATIOS.least, ratio)),
    backgroundImage: photo.placeholder ? `url("${photo.placeholder}")` : undefined,
  } as CSSProperties;
  const isVideo = photo.kind === "video";
  return (
    <li className={classes.photo} style={style}>
      <button
        type="button"
        className={classes.open}
        data-shot={photo.id}
        aria-label={isVideo ? t("openVideo", { photo: label }) : t("open", { photo: label })}
        onClick={() => onOpen(photo.id)}
      >
        {photo.thumbnail_url && (
          <img src={photo.thumbnail_url} alt="" loading="lazy" decoding="async" draggable={false} onError={onMissing} />
        )}
        {isVideo && <IconPlayerPlayFilled className={classes.play} size={26} aria-hidden />}
      </button>
      {(role === "heart" || role === "choose") && (
        <ChoiceButton
          role={role}
          isChosen={photo.chosen}
          label={label}
          onChoose={(isChosen) => onChoose(photo, isChosen)}
        />
      )}
    </li>
  );
});

function goByArrows(event: KeyboardEvent<HTMLDivElement>) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const shots = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-shot]")];
  const place = shots.indexOf(event.target as HTMLElement);
  const next = step === undefined || place < 0 ? undefined : shots[place + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
