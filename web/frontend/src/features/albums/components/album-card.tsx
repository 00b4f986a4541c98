import { Loader } from "@mantine/core";
import { IconPhoto } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { Fragment } from "react";

import type { Album } from "@/shared/api/schema-types";
import { useMessages } from "@/shared/i18n/language-context";

import { isSettled } from "../api/albums";

import classes from "./album-card.module.css";
import { AlbumMenu } from "./album-menu";

interface AlbumProps {
  album: Album;
  /** This page sends photos to it. */
  isUploading: boolean;
}

export function AlbumCard({ album, isUploading }: AlbumProps) {
  const t = useMessages("albums");
  return (
    <article className={classes.card}>
      <Link to="/albums/$albumId" params={{ albumId: album.id }} className={classes.link}>
        <div className={classes.cover}>
          {album.cover_url ? (
            <img src={album.cover_url} alt="" loading="lazy" decoding="async" draggable={false} />
          ) : (
            <IconPhoto size={40} stroke={1.2} aria-hidden />
          )}
        </div>
        <h2 className={classes.name}>{album.name}</h2>
      </Link>
      <div className={classes.facts}>
        <AlbumFacts album={album} isUploading={isUploading} />
      </div>
      {!album.is_own && (
        <div className={classes.owner}>
          <Breakable text={t("ownedBy", { name: album.owner })} />
        </div>
      )}
      <div className={classes.menu}>
        <AlbumMenu album={album} />
      </div>
    </article>
  );
}

/** An address that may be broken before its marks, and only if that is not enough within a word. */
function Breakable({ text }: { text: string }) {
  return text.split(/(?=[@.])/).map((part, place) => (
    <Fragment key={place}>
      {place > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}

/** What is in the album, or what is happening to it, in one line. */
export function AlbumFacts({ album, isUploading }: AlbumProps) {
  const t = useMessages("albums");
  const counted = t("photos", { count: album.photo_count });
  if (isUploading || !isSettled(album)) {
    const state = t(isUploading ? "stateUploading" : "stateWorking");
    return (
      <>
        <Loader size={12} mr={8} aria-hidden />
        {album.photo_count > 0 ? `${counted} · ${state}` : state}
      </>
    );
  }
  if (album.photo_count === 0) return <>{t("stateEmpty")}</>;
  const facts = [counted, t("picked", { count: album.picked_count })];
  if (album.failed_count > 0) facts.push(t("failed", { count: album.failed_count }));
  // Broken, if at all, between two facts.
  return <>{facts.map((fact) => fact.replaceAll(" ", "\u00a0")).join(" · ")}</>;
}
