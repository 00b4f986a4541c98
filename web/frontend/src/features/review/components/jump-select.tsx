import { NativeSelect } from "@mantine/core";
import { useRef } from "react";

import { useMessages } from "@/shared/i18n/language-context";

import { usePlaceWords } from "../hooks/use-place-words";
import { choicesOf, type Place } from "../model/places";

interface JumpSelectProps {
  places: readonly Place[];
  onJump: (place: Place, isDone: boolean) => void;
}

/** The days and hours of the list: the way to a time for keys and screen readers, and with the phone's own wheel. */
export function JumpSelect({ places, onJump }: JumpSelectProps) {
  const t = useMessages("review-find");
  const words = usePlaceWords();
  // Arrows change a closed select at each step. Then more steps may follow, and the focus stays.
  const isByKeys = useRef(false);
  return (
    <NativeSelect
      size="md"
      label={t("jump")}
      defaultValue=""
      onPointerDown={() => (isByKeys.current = false)}
      onKeyDown={() => (isByKeys.current = true)}
      onChange={({ currentTarget: { value } }) => {
        const place = places.find(({ photoId }) => photoId === value);
        if (place) onJump(place, !isByKeys.current);
      }}
    >
      <option value="" disabled>
        {t("choose")}
      </option>
      {choicesOf(places).map(({ of, places: within }) => {
        const options = within.map((place) => (
          <option key={place.photoId} value={place.photoId}>
            {of.length === 10 ? words.hour(place) : words.dayOf(place)}
          </option>
        ));
        return of === "" ? (
          options
        ) : (
          <optgroup key={of} label={of.length === 10 ? words.fullDay(of) : words.month(of)}>
            {options}
          </optgroup>
        );
      })}
    </NativeSelect>
  );
}
