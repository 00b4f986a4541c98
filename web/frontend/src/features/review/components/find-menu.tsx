import { Button, NativeSelect, Popover, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch, IconX } from "@tabler/icons-react";
import { useRef, useState } from "react";

import { useMessages } from "@/shared/i18n/language-context";

import type { LoadedTimeline } from "../hooks/use-timeline";
import { cameraName } from "../model/camera-name";
import { camerasOf, type Find, isFinding } from "../model/find";
import type { Place } from "../model/places";

import classes from "./find-menu.module.css";
import { JumpSelect } from "./jump-select";
import tools from "./tools.module.css";

/** Letters come faster than a list of thousands of photos is drawn. */
const TYPING_MS = 200;

interface FindMenuProps {
  find: Find;
  timeline: Pick<LoadedTimeline, "all" | "shown">;
  places: readonly Place[];
  onFind: (find: Find) => void;
  /** `isDone` says that nothing else will be chosen, so the focus may go to the photo. */
  onJump: (place: Place, isDone: boolean) => void;
}

/** A button beside the views that finds a time, a file or the photos of a camera. */
export function FindMenu({ find, timeline, places, onFind, onJump }: FindMenuProps) {
  const t = useMessages("review-find");
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const isOn = isFinding(find);
  const what = [find.name, find.camera === "" ? t("noCamera") : find.camera && cameraName(find.camera)]
    .filter(Boolean)
    .join(", ");
  return (
    <>
      <Popover position="bottom-start" trapFocus withArrow shadow="md" width={300} opened={isOpen} onChange={setOpen}>
        <Popover.Target>
          <button
            ref={button}
            type="button"
            className={`${tools.chip ?? ""} ${classes.chip ?? ""}`}
            data-on={isOn}
            aria-expanded={isOpen}
            aria-label={isOn ? t("findNamed", { what }) : t("find")}
            onClick={() => setOpen(!isOpen)}
          >
            <IconSearch size={18} stroke={1.6} aria-hidden />
            <span className={isOn ? classes.what : classes.word}>{isOn ? what : t("find")}</span>
          </button>
        </Popover.Target>
        <Popover.Dropdown className={tools.settings}>
          <FindFields
            find={find}
            timeline={timeline}
            places={places}
            onFind={onFind}
            onJump={(place, isDone) => {
              if (isDone) setOpen(false);
              onJump(place, isDone);
            }}
          />
        </Popover.Dropdown>
      </Popover>
      {isOn && (
        <button
          type="button"
          className={`${tools.chip ?? ""} ${classes.stop ?? ""}`}
          aria-label={t("stop")}
          title={t("stop")}
          onClick={() => {
            onFind({});
            button.current?.focus();
          }}
        >
          <IconX size={18} stroke={1.6} aria-hidden />
        </button>
      )}
    </>
  );
}

function FindFields({ find, timeline, places, onFind, onJump }: FindMenuProps) {
  const t = useMessages("review-find");
  const [name, setName] = useState(find.name ?? "");
  const look = useDebouncedCallback((next: Find) => onFind(next), { delay: TYPING_MS, flushOnUnmount: true });
  const cameras = camerasOf(timeline.all);
  const { groups, singles } = timeline.shown;
  const size = [
    groups.length > 0 || singles.length === 0 ? t("foundGroups", { count: groups.length }) : null,
    singles.length > 0 ? t("foundSingles", { count: singles.length }) : null,
  ];
  return (
    <>
      {/* First, because it has the focus: a field would bring up the keyboard of a phone. */}
      {places.length > 0 && <JumpSelect places={places} onJump={onJump} />}
      <TextInput
        type="search"
        size="md"
        label={t("name")}
        placeholder={t("nameHint")}
        value={name}
        autoComplete="off"
        onChange={({ currentTarget: { value } }) => {
          setName(value);
          look({ ...find, name: partOf(value) });
        }}
      />
      {(cameras.length > 1 || find.camera !== undefined) && (
        <NativeSelect
          size="md"
          label={t("camera")}
          value={find.camera === undefined ? "all" : `is ${find.camera}`}
          onChange={({ currentTarget: { value } }) =>
            onFind({ name: partOf(name), camera: value === "all" ? undefined : value.slice(3) })
          }
        >
          <option value="all">{t("allCameras")}</option>
          {cameras.map(([camera, count]) => (
            <option key={camera} value={`is ${camera}`}>
              {t("cameraChoice", { camera: cameraName(camera) || t("noCamera"), count })}
            </option>
          ))}
          {find.camera !== undefined && !cameras.some(([camera]) => camera === find.camera) && (
            <option value={`is ${find.camera}`}>{cameraName(find.camera) || t("noCamera")}</option>
          )}
        </NativeSelect>
      )}
      <div className={classes.found} role="status">
        {isFinding(find) && size.filter(Boolean).join(" · ")}
      </div>
      {isFinding(find) && (
        <Button
          variant="default"
          onClick={() => {
            setName("");
            look.cancel();
            onFind({});
          }}
        >
          {t("stop")}
        </Button>
      )}
    </>
  );
}

/** The part of a name that a field holds, if any. */
function partOf(text: string): string | undefined {
  return text.trim() || undefined;
}
