import { queryOptions, useQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";

import { api, unwrap } from "@/shared/api/client";
import { useMessages } from "@/shared/i18n/language-context";

/** Guests choose while the owner looks. */
const FRESH_FOR = 60_000;

/** What guests chose in an album, by photo: one answer for all of them. */
function chosenQuery(albumId: string) {
  return queryOptions({
    queryKey: ["albums", "choices", albumId],
    queryFn: async ({ signal }) => {
      const params = { path: { album_id: albumId } };
      const { guests, photos } = await unwrap(api.GET("/api/v1/albums/{album_id}/choices/", { params, signal }));
      return new Map(
        photos.map(({ id, count, guests: places }) => [
          id,
          { count, names: places.map((place) => guests[place] ?? "").filter(Boolean) },
        ]),
      );
    },
    staleTime: FRESH_FOR,
  });
}

/** The album of which the page shows what guests chose. Null for somebody who may not see it. */
export const ChosenAlbumContext = createContext<string | null>(null);

/** How many guests gave a photo a heart or chose it, and who, in words; null where nobody did. */
export function useChosen(photoId: string): { readonly count: number; readonly words: string } | null {
  const t = useMessages("sharing");
  const albumId = useContext(ChosenAlbumContext);
  const { data: chosen } = useQuery({
    ...chosenQuery(albumId ?? ""),
    enabled: albumId !== null,
    select: (photos) => photos.get(photoId),
  });
  if (!chosen) return null;
  const { count } = chosen;
  const names = chosen.names.join(", ");
  const others = count - chosen.names.length;
  if (names === "") return { count, words: t("chosenByGuests", { count }) };
  return { count, words: others > 0 ? t("chosenByAnd", { names, count: others }) : t("chosenBy", { names }) };
}
