import { Button, Group, Modal, NativeSelect, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { CameraClock, Photo } from "@/shared/api/schema-types";
import { PageError } from "@/shared/components/page-error";
import { PageLoading } from "@/shared/components/page-loading";
import { useFormat, useMessages } from "@/shared/i18n/language-context";

import { clocksQuery, datedPhotoQuery } from "../api/clocks";
import { cameraName } from "../model/camera-name";
import { type ClockChange, secondsBetween, secondsOf, type Shift, shifted, shiftOf } from "../model/clock-shift";

import classes from "./clock-dialog.module.css";

/** For which photo it is open, or for any camera of the album. */
export interface ClockDialogFor {
  readonly photoId: string | null;
}

interface ClockDialogProps {
  albumId: string;
  /** Null while it is closed. */
  shown: ClockDialogFor | null;
  onChange: (change: ClockChange) => void;
  onClose: () => void;
}

export function ClockDialog({ albumId, shown, onChange, onClose }: ClockDialogProps) {
  const t = useMessages("review-clock");
  const common = useMessages("common");
  return (
    <Modal
      opened={shown !== null}
      onClose={onClose}
      title={t("title")}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      {shown && <Inside albumId={albumId} photoId={shown.photoId} onChange={onChange} onClose={onClose} />}
    </Modal>
  );
}

type InsideProps = Pick<ClockDialogProps, "albumId" | "onChange" | "onClose"> & { photoId: string | null };

function Inside({ albumId, photoId, ...on }: InsideProps) {
  const t = useMessages("review-clock");
  const clocks = useQuery(clocksQuery(albumId));
  const photo = useQuery({ ...datedPhotoQuery(photoId ?? ""), enabled: photoId !== null });
  const error = clocks.error ?? photo.error;
  // A query that is not enabled would be asked as well.
  const retry = () => [clocks, photo].filter((one) => one.isError).forEach((one) => void one.refetch());
  if (!clocks.data || (photoId !== null && !photo.data))
    return error ? <PageError error={error} onRetry={retry} /> : <PageLoading />;
  const [earliest] = clocks.data;
  if (!earliest) return <Text>{t("none")}</Text>;
  const own = photo.data && clockOf(photo.data, clocks.data);
  if (photo.data && !own) return <Text>{t("undated")}</Text>;
  return <ClockForm clocks={clocks.data} first={own ?? earliest} photo={photo.data ?? null} {...on} />;
}

function clockOf(photo: Photo, clocks: readonly CameraClock[]): CameraClock | undefined {
  if (photo.time_source !== "exif" && photo.time_source !== "xmp") return undefined;
  const serial = photo.capture.camera_serial ?? "";
  return clocks.find((clock) => clock.camera === photo.camera && clock.serial === serial);
}

/** Names a camera among those of the album, whose order changes with their photos. */
function nameOf({ camera, serial }: CameraClock): string {
  return JSON.stringify([camera, serial]);
}

interface ClockFormProps extends Pick<ClockDialogProps, "onChange" | "onClose"> {
  clocks: readonly CameraClock[];
  /** The clock of the photo, or any where the dialog is open for none. */
  first: CameraClock;
  photo: Photo | null;
}

function ClockForm({ clocks, first, photo, onChange, onClose }: ClockFormProps) {
  const t = useMessages("review-clock");
  const common = useMessages("common");
  const format = useFormat();
  const [chosen, setChosen] = useState(() => nameOf(first));
  const [changed, setChanged] = useState<number | null>(null);
  const clock = clocks.find((one) => nameOf(one) === chosen) ?? first;
  const now = clock.shift_seconds ?? clock.added_seconds;
  const seconds = changed ?? now;
  const sample = clock === first ? photo : null;
  const sampleAt = (sample?.taken_at ?? clock.first_at).slice(0, 19);
  const shift = shiftOf(seconds);
  const take = (part: Partial<Shift>) => setChanged(secondsOf({ ...shift, ...part }));
  const change = (wanted: number | null) =>
    onChange({ camera: clock.camera, serial: clock.serial, seconds: wanted, count: clock.photo_count });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        change(seconds);
      }}
    >
      <Stack gap="md">
        <Text c="dimmed" size="sm">
          {t("text")}
        </Text>
        <NativeSelect
          size="md"
          label={t("camera")}
          value={nameOf(clock)}
          data={clocks.map((one) => ({
            value: nameOf(one),
            label: t("choice", { camera: cameraName(one.camera) || t("unnamed"), count: one.photo_count }),
          }))}
          onChange={(event) => {
            setChosen(event.currentTarget.value);
            setChanged(null);
          }}
        />
        <Shifted shift={shift} onChange={take} />
        <div className={classes.photo}>
          <img src={sample?.thumbnail_url ?? clock.first_thumbnail_url} alt={sample?.name ?? ""} />
          <TextInput
            type="datetime-local"
            step={1}
            label={t("right")}
            // Another clock has another photo; while somebody types, the browser keeps what is not yet a time.
            key={chosen}
            value={shifted(sampleAt, seconds)}
            onChange={(event) => {
              const told = secondsBetween(sampleAt, event.currentTarget.value);
              if (told !== null) setChanged(told);
            }}
          />
        </div>
        <Text role="status" size="sm">
          {seconds === now
            ? t("stays")
            : t("preview", {
                count: clock.photo_count,
                before: format.dateTime(shifted(clock.first_at.slice(0, 19), now)),
                after: format.dateTime(shifted(clock.first_at.slice(0, 19), seconds)),
              })}
        </Text>
        <Group justify="flex-end">
          {clock.shift_seconds !== null && (
            <Button variant="subtle" mr="auto" onClick={() => change(null)}>
              {t("automatic")}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button type="submit">{t("shift")}</Button>
        </Group>
      </Stack>
    </form>
  );
}

const PARTS = ["days", "hours", "minutes"] as const;

/** How far, and in which direction. */
function Shifted({ shift, onChange }: { shift: Shift; onChange: (part: Partial<Shift>) => void }) {
  const t = useMessages("review-clock");
  // Zero has no direction, but somebody may choose it before the size.
  const [isLater, setLater] = useState(shift.isLater);
  const size = secondsOf({ ...shift, isLater: true });
  const direction = size === 0 ? isLater : shift.isLater;
  return (
    <div className={classes.shift}>
      <SegmentedControl
        size="md"
        aria-label={t("direction")}
        className={classes.direction ?? ""}
        classNames={{ label: classes.choice ?? "" }}
        value={direction ? "later" : "earlier"}
        data={[
          { value: "earlier", label: t("earlier") },
          { value: "later", label: t("later") },
        ]}
        onChange={(value) => {
          setLater(value === "later");
          onChange({ isLater: value === "later" });
        }}
      />
      {PARTS.map((part) => (
        <TextInput
          key={part}
          label={t(part)}
          inputMode="numeric"
          autoComplete="off"
          value={String(shift[part])}
          onChange={(event) => {
            const number = Number(event.currentTarget.value.replace(/\D/g, "").slice(0, 5));
            onChange({ [part]: number, isLater: direction });
          }}
          onFocus={(event) => event.currentTarget.select()}
        />
      ))}
    </div>
  );
}
