// Generated from the OpenAPI schema by `npm run generate`. Do not edit.
export interface paths {
    "/api/v1/account/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Show the signed-in account. */
        get: operations["account_retrieve"];
        put?: never;
        post?: never;
        /** @description Delete the account with its albums, photos, exports and tokens. The current password confirms it. */
        delete: operations["account_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/personal-ranker/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Show what the personal ranker has learned, and how good it is. */
        get: operations["account_personal_ranker"];
        put?: never;
        post?: never;
        /** @description Make the personal ranker forget what it learned, and ignore all decisions until now. The decisions stay. */
        delete: operations["account_personal_ranker_reset"];
        options?: never;
        head?: never;
        /** @description Switch the personal ranker on or off. It keeps what it has learned. */
        patch: operations["account_personal_ranker_switch"];
        trace?: never;
    };
    "/api/v1/account/usage/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Show the limit and the current usage of each quota. */
        get: operations["account_usage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List the albums, the newest first. */
        get: operations["albums_list"];
        put?: never;
        /** @description Create an empty album. */
        post: operations["albums_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Show an album. */
        get: operations["albums_retrieve"];
        put?: never;
        post?: never;
        /** @description Delete an album with its photos and exports. */
        delete: operations["albums_delete"];
        options?: never;
        head?: never;
        /** @description Give an album another name, or say how many picks it wants. The second is a step that can be undone. */
        patch: operations["albums_update"];
        trace?: never;
    };
    "/api/v1/albums/{album_id}/changes/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List the remembered steps, the latest first. One's own undone steps can be redone. */
        get: operations["albums_changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/choices/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * @description List all photos that guests chose, in one response with few fields: for marks beside the photos.
         *
         *     Of each photo at most 20 guests are named. `shares/{share_id}/choices/` has all of them.
         */
        get: operations["albums_choices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/clocks/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List the cameras of an album, what their clocks showed, and what is added to them. */
        get: operations["albums_clocks"];
        put?: never;
        /**
         * @description Shift the clock of a camera, also for photos that come later. A step of the review that can be undone.
         *
         *     The photos move with the grouping that follows; the progress says when it is done.
         */
        post: operations["albums_clocks_shift"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/clusters/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * @description List the groups in order of capture, each with its photos, the best first.
         *
         *     Photos without similar photos are in no group. A page of groups with many photos has fewer groups.
         */
        get: operations["clusters_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/clusters/{cluster_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Show a group with its photos, the best first. Grouping again replaces all groups, also this one. */
        get: operations["clusters_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/clusters/accept/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Keep the picks of groups, either those in `clusters` or all that match the filters, in one undoable step. */
        post: operations["clusters_accept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/clusters/counts/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Count the groups that each filter finds. */
        get: operations["clusters_counts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/clusters/merge/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * @description Make one group of photos and groups, also for later groupings. Photos leave the groups they are in.
         *
         *     The response has the new groups. Their exact ranks follow when the grouping is done, as the progress shows.
         */
        post: operations["clusters_merge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/clusters/release/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * @description Group photos automatically again that a person split or merged.
         *
         *     They stay where they are until the grouping is done, as the progress shows.
         */
        post: operations["clusters_release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/clusters/split/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * @description Take photos out of their groups, also for later groupings. The rest of each group stays together.
         *
         *     The response has the new groups. Their exact ranks follow when the grouping is done, as the progress shows.
         */
        post: operations["clusters_split"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/exports/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List the exports, the newest first. A page with many names of files has fewer exports. */
        get: operations["exports_list"];
        put?: never;
        /**
         * @description Create an export: a zip of the photos as they are now. Its state says when it is ready.
         *
         *     If it is made in parts, all are created, and the answer is the first.
         */
        post: operations["exports_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/exports/preview/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Show what a zip would contain. This builds nothing. */
        post: operations["exports_preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/members/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List those who edit the album beside its owner, in the order in which they came. */
        get: operations["members_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/members/{member_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * @description Remove somebody from the album, as its owner, or leave it oneself. What they decided stays, without a name.
         *
         *     Photos that were added stay, too. Links to files that the person got before work until they expire. The owner
         *     also revokes the link that invited the person, who could come back by it.
         */
        delete: operations["members_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/photos/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List the photos in order of capture, photos without a time last. Pending photos need `state=pending`. */
        get: operations["photos_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/photos/decision/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * @description Keep or reject photos, or leave them to the ranking, in one step that can be undone.
         *
         *     Send `photos` with one `decision` for all, or any of the lists `keep`, `reject` and `auto`. The response
         *     contains every photo that this changes.
         */
        post: operations["photos_decide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/photos/delete/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Delete photos of an album, their originals and their previews, at once and for good. */
        post: operations["photos_delete_several"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/photos/label/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Give photos a colour label, or take it back with an empty one, in one step that can be undone. */
        post: operations["photos_label"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/photos/retry/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Analyze failed photos again: those in `photos`, or all. Each photo can be retried three times. */
        post: operations["photos_retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/photos/stars/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Give photos 1 to 5 stars, or take them back with 0, in one step that can be undone. */
        post: operations["photos_star"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/prints/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Make a book or a contact sheet as PDF. It is an export: it is listed, downloaded and deleted like a zip. */
        post: operations["prints_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/prints/preview/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Show the pages. This makes nothing. */
        post: operations["prints_preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/progress/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Show the progress of an album. Repeat the request with the ETag of the last response: 304 means no change. */
        get: operations["albums_progress"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/redo/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Redo the step that was undone last, unless something else has changed since. */
        post: operations["albums_redo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/regroup/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Group an album again, more loosely or strictly. Decisions stay. The progress says when it is done. */
        post: operations["albums_regroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/shares/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List the links, the newest first, also those that are revoked or over. */
        get: operations["shares_list"];
        put?: never;
        /** @description Make a link. Everybody who has it sees the photos of its selection, without an account. */
        post: operations["shares_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/thumbnails/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Show the pictures of photos, and why they are picked or not. */
        get: operations["albums_thumbnails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/timeline/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * @description List all groups with their photos, and all photos in no group, in one response with few fields.
         *
         *     `thumbnails` has their pictures.
         */
        get: operations["albums_timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/undo/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * @description Undo the last step of the review: a decision, stars, a label, a split, merge or release, a similarity, a
         *     number of picks, or the shift of a clock. Only one's own steps can be undone.
         */
        post: operations["albums_undo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/uploads/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * @description Announce up to 500 files. Each gets a presigned upload, the photo that has arrived already, or an error.
         *
         *     A file that did not arrive can be announced again, and gets a new presigned upload.
         */
        post: operations["uploads_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/uploads/{photo_id}/parts/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * @description Begin to send an announced file in parts, or go on. The response has the first parts that have not arrived.
         *
         *     Repeating the request is harmless. With a smaller `most_bytes` than before, the upload starts again.
         */
        post: operations["uploads_parts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/uploads/complete/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * @description Complete uploads: the analysis of these photos begins. The response lists photos that have not arrived.
         *
         *     Repeating the request is harmless.
         */
        post: operations["uploads_complete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/uploads/dismiss/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * @description Remove photos that were announced but never arrived: those in `photos`, or all, some hundreds per request.
         *
         *     An upload that still runs loses at most the parts of large files that have arrived. A photo that has arrived is
         *     analyzed, and a photo that is still missing can be announced again.
         */
        post: operations["uploads_dismiss"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{export_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Show an export and its progress. */
        get: operations["exports_retrieve"];
        put?: never;
        post?: never;
        /** @description Delete an export and its zip. */
        delete: operations["exports_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{export_id}/download/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Redirect to the zip. To resume an interrupted download, send the request again with the missing range. */
        get: operations["exports_download"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/photos/{photo_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Show a photo. */
        get: operations["photos_retrieve"];
        put?: never;
        post?: never;
        /** @description Delete a photo, its original and its previews. Photos that were taken from a video stay. */
        delete: operations["photos_delete"];
        options?: never;
        head?: never;
        /** @description Keep or reject a photo, or leave it to the ranking. Other picks in its group may change. */
        patch: operations["photos_decide_one"];
        trace?: never;
    };
    "/api/v1/photos/{photo_id}/histogram/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Show the exposure of a photo. It does not change, so browsers may keep it for a day. */
        get: operations["photos_histogram"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/photos/{photo_id}/original/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * @description Redirect to the original, byte for byte as it was uploaded.
         *
         *     The same link again for half its life lets a browser that returns to a photo keep the bytes it has.
         */
        get: operations["photos_original"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/photos/{video_id}/frames/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Show the photos that were taken from a video, or how far the search for them is. */
        get: operations["frames_retrieve"];
        put?: never;
        /** @description Take the best frames of a video as photos of its album. Asking again changes nothing while it has some. */
        post: operations["frames_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List the browsers that are signed in, the newest first. */
        get: operations["sessions_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{session_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** @description Sign the browser out at once. */
        delete: operations["sessions_end"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shared/{token}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Show what the link shows and allows. A link that is wrong, revoked or over is `share_gone`. */
        get: operations["shared_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shared/{token}/accept/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * @description Edit the album from now on. Again is harmless.
         *
         *     The others see the account's address, and in the list of members whether it is confirmed.
         */
        post: operations["shared_accept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shared/{token}/finish/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Say that the guest is done. The owner sees it. Choosing again takes it back. */
        post: operations["shared_finish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shared/{token}/me/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** @description Say what to call the guest. The owner sees it beside what they chose. */
        patch: operations["shared_rename"];
        trace?: never;
    };
    "/api/v1/shared/{token}/password/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Give the password. The cookie of the response is the proof; the problem `share_password_wrong` says no. */
        post: operations["shared_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shared/{token}/photos/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List the photos and videos in order of capture, those without a time last. */
        get: operations["shared_photos"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shared/{token}/photos/{photo_id}/choice/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** @description Give a photo a heart, or choose it. Again is harmless. One too many is the problem `enough_chosen`. */
        put: operations["shared_choose"];
        post?: never;
        /** @description Take back one's own heart or choice. Again is harmless. */
        delete: operations["shared_take_back"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shared/{token}/photos/{photo_id}/download/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Save a photo as the link allows: the picture that the service made, or the file as it was uploaded. */
        get: operations["shared_download"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shared/{token}/photos/{photo_id}/preview/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description A JPEG of 2,048 px on the longer side. */
        get: operations["shared_preview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shared/{token}/photos/{photo_id}/thumbnail/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description A JPEG of 512 px on the longer side. */
        get: operations["shared_thumbnail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shared/{token}/photos/{video_id}/video/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The file of a video, if the link lets videos play. */
        get: operations["shared_video"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shares/{share_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Show a link. */
        get: operations["shares_retrieve"];
        put?: never;
        post?: never;
        /**
         * @description Revoke a link for good: it leads nowhere from now on, and neither do the addresses of its pictures.
         *
         *     The link is listed as before, with what guests chose. `POST …/delete/` deletes that, too.
         */
        delete: operations["shares_revoke"];
        options?: never;
        head?: never;
        /** @description Change a link. What guests see and may do changes at once. */
        patch: operations["shares_change"];
        trace?: never;
    };
    "/api/v1/shares/{share_id}/choices/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * @description List the photos that guests chose, in order of capture, and who chose each.
         *
         *     A page with many guests has fewer photos. Photos that the link no longer shows are listed, deleted ones are not.
         */
        get: operations["shares_choices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shares/{share_id}/delete/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Delete a link with its guests and what they chose, for good. Decisions that were taken over stay. */
        post: operations["shares_delete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shares/{share_id}/guests/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List the guests who chose something or said their name, in the order in which they came. */
        get: operations["shares_guests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shares/{share_id}/guests/delete/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * @description Forget guests with what they chose, for good. They may choose again as long as they have the link.
         *
         *     Decisions that were taken over stay.
         */
        post: operations["shares_guests_delete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shares/{share_id}/qr/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The link as a QR code, in SVG. */
        get: operations["shares_qr"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shares/{share_id}/take-over/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * @description Keep all photos that guests chose, or these guests, in one step that can be undone.
         *
         *     Photos that you have rejected stay rejected. Photos that the link no longer shows are kept, too.
         */
        post: operations["shares_take_over"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List the tokens, the newest first, without their secret part. */
        get: operations["tokens_list"];
        put?: never;
        /** @description Create a token for a program. Only this response contains its text. */
        post: operations["tokens_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{token_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** @description Revoke a token. It stops working at once. */
        delete: operations["tokens_revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/upload-limits/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Show what files the service takes at most, so that a client can leave out others before it sends any. */
        get: operations["uploads_limits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Groups whose picks are right: those in `clusters`, or all that match the filters. */
        AcceptInput: {
            /** @description Nobody keeps a photo of the group or rejects all of them: the ranking picks one. A group whose pick is left out, because the album wants fewer picks, needs no decision. */
            undecided?: boolean;
            /** @description One photo should be the best, but none is clearly ahead. */
            no_clear_winner?: boolean;
            /** @description A photo of the group has faces. */
            people?: boolean;
            /** @description A person made the group by splitting or merging. */
            manual?: boolean;
            kind?: components["schemas"]["ClusterKind"];
            /** @description A pick is left out, because the album wants fewer picks. */
            left_out?: boolean;
            /** @description A photo of the group has this number of stars or more. */
            stars?: number;
            /**
             * @description A photo of the group has this label, and the number of stars if that is asked for.
             *
             *     * `red` - Red
             *     * `yellow` - Yellow
             *     * `green` - Green
             *     * `blue` - Blue
             *     * `purple` - Purple
             */
            label?: components["schemas"]["PhotoLabel"];
            clusters?: string[];
            /**
             * @description All groups that match the other filters.
             * @default false
             */
            all?: boolean;
        };
        /** @description What was accepted. Groups that were decided before are not included. */
        AcceptOutput: {
            /** @description Groups that are now decided. */
            accepted: number;
            /** @description The photos that are now kept. */
            photos: components["schemas"]["PhotoChangeOutput"][];
        };
        /** @description The album that the signed-in person edits from now on. */
        AcceptedOutput: {
            /** Format: uuid */
            album: string;
        };
        /** @description Confirms the deletion of the account. */
        AccountDeleteInput: {
            password: string;
        };
        /** @description The signed-in account. */
        AccountOutput: {
            readonly id: number;
            /**
             * E-mail address
             * Format: email
             */
            readonly email: string;
            /** Format: date-time */
            readonly date_joined: string;
            /**
             * Staff status
             * @description Designates whether the user can log into this admin site.
             */
            readonly is_staff: boolean;
            /** @description How many of the albums others edit, who lose them when the account is deleted. */
            readonly shared_albums: number;
        };
        /** @description What to change. Of `wanted_count` and `wanted_share` only one can be set; null means all picks. */
        AlbumChangeInput: {
            name?: string;
            /** @description How many photos to pick, spread over the album. Kept photos count, and stay beyond the number. */
            wanted_count?: number | null;
            /**
             * Format: double
             * @description The share of all picks to take instead, from 0.001 to 1.
             */
            wanted_share?: number | null;
        };
        /**
         * @description * `decision` - Decision
         *     * `accept` - Accept
         *     * `split` - Split
         *     * `merge` - Merge
         *     * `release` - Release
         *     * `similarity` - Similarity
         *     * `wanted` - Wanted
         *     * `clock` - Clock
         *     * `stars` - Stars
         *     * `label` - Label
         *     * `take_over` - Take Over
         * @enum {string}
         */
        AlbumChangeKind: "decision" | "accept" | "split" | "merge" | "release" | "similarity" | "wanted" | "clock" | "stars" | "label" | "take_over";
        /** @description One step of the review. */
        AlbumChangeOutput: {
            readonly id: number;
            kind: components["schemas"]["AlbumChangeKind"];
            /** @description Photos that were changed. */
            readonly photo_count: number;
            readonly decision: components["schemas"]["PhotoDecision"] | components["schemas"]["NullEnum"];
            readonly stars: number | null;
            readonly label: components["schemas"]["PhotoLabel"] | components["schemas"]["BlankEnum"] | components["schemas"]["NullEnum"];
            /** Format: double */
            readonly similarity_before: number | null;
            /** Format: double */
            readonly similarity_after: number | null;
            readonly wanted_before: components["schemas"]["WantedOutput"] | null;
            readonly wanted_after: components["schemas"]["WantedOutput"] | null;
            readonly camera: string | null;
            readonly shift_before: number | null;
            readonly shift_after: number | null;
            /** @description The step was undone. It can be redone until something else changes. */
            readonly undone: boolean;
            /**
             * Format: email
             * @description Who did it; null if they have left.
             */
            by?: string | null;
            /** @description True for steps of the signed-in person. Nobody can undo those of others. */
            readonly is_own: boolean;
            /** Format: date-time */
            readonly created_at: string;
        };
        AlbumChangePage: {
            /**
             * Format: uri
             * @description The URL of the next page; null on the last page.
             */
            next: string | null;
            results: components["schemas"]["AlbumChangeOutput"][];
        };
        /** @description What guests chose at all links to an album. */
        AlbumChoicesOutput: {
            /** @description What each calls themselves, or empty. */
            guests: string[];
            photos: components["schemas"]["ChosenInAlbumOutput"][];
        };
        /** @description A new album. */
        AlbumInput: {
            name: string;
            /**
             * Format: double
             * @description 0 groups loosely, 1 strictly.
             * @default 0.5
             */
            similarity?: number;
        };
        /** @description An album with counts of what is in it. */
        AlbumOutput: {
            /** Format: uuid */
            readonly id: string;
            readonly name: string;
            /**
             * Format: double
             * @description 0 groups loosely, 1 strictly.
             */
            readonly similarity: number;
            /** @description How many picks the person wants. */
            readonly wanted_count: number | null;
            /**
             * Format: double
             * @description The share of the picks that the person wants.
             */
            readonly wanted_share: number | null;
            grouping: components["schemas"]["GroupingState"];
            readonly grouping_error: string;
            /** Format: date-time */
            readonly grouped_at: string | null;
            /** Format: date-time */
            readonly created_at: string;
            /** Format: date-time */
            readonly updated_at: string;
            /** @description Photos that have arrived. */
            photo_count: number;
            cluster_count: number;
            picked_count: number;
            /** @description Picks left out because the album wants fewer. */
            left_out_count: number;
            failed_count: number;
            /**
             * Format: uuid
             * @description The photo to show for the album.
             */
            cover_id: string | null;
            /** Format: uri */
            readonly cover_url: string | null;
            /** @description False if the signed-in person edits an album of somebody else. */
            readonly is_own: boolean;
            /** Format: email */
            owner: string;
            /** @description How many people edit the album beside its owner. */
            member_count: number;
        };
        AlbumPage: {
            /**
             * Format: uri
             * @description The URL of the next page; null on the last page.
             */
            next: string | null;
            results: components["schemas"]["AlbumOutput"][];
        };
        /**
         * @description * `left` - left
         *     * `centre` - centre
         *     * `right` - right
         * @enum {string}
         */
        AlignEnum: "left" | "centre" | "right";
        /** @enum {unknown} */
        BlankEnum: "";
        /** @description A rectangle in millimetres from the upper left corner of the trimmed page. */
        BoxOutput: {
            /** Format: double */
            x: number;
            /** Format: double */
            y: number;
            /** Format: double */
            width: number;
            /** Format: double */
            height: number;
        };
        /** @description The clock of one camera. Times are local, in ISO 8601, as the camera showed them. */
        CameraClockOutput: {
            /** @description Empty for photos that name no camera. */
            camera: string;
            /** @description Its serial number; empty if unknown. */
            serial: string;
            /** @description Photos of the album that this clock dated. */
            photo_count: number;
            /** Format: uuid */
            first_photo: string;
            /** Format: uri */
            readonly first_thumbnail_url: string;
            /** @description What the clock showed at the first photo. */
            readonly first_at: string;
            /** @description What the clock showed at the last photo. */
            readonly last_at: string;
            /** @description What the album adds to the time of the first photo now. */
            added_seconds: number;
            /** @description What a person adds; null if the grouping decides by the scenes that cameras share. */
            shift_seconds: number | null;
        };
        /** @description The clocks of the album's cameras, in order of their first photos. */
        CameraClocksOutput: {
            results: components["schemas"]["CameraClockOutput"][];
        };
        /**
         * @description * `none` - none
         *     * `times` - times
         *     * `names` - names
         *     * `descriptions` - descriptions
         * @enum {string}
         */
        CaptionsEnum: "none" | "times" | "names" | "descriptions";
        /** @description How the photo was taken, according to the file. Unknown settings are left out. */
        CaptureOutput: {
            camera_serial?: string;
            lens_model?: string;
            /**
             * Format: double
             * @description Seconds.
             */
            exposure_time?: number;
            /** Format: double */
            f_number?: number;
            /** Format: double */
            iso?: number;
            /**
             * Format: double
             * @description Correction the photographer or a bracket asked for, in EV.
             */
            exposure_bias?: number;
            /**
             * Format: double
             * @description Brightness of the scene as metered, in APEX units (EV).
             */
            brightness?: number;
            /**
             * Format: double
             * @description Millimetres, as engraved on the lens.
             */
            focal_length?: number;
            /** Format: double */
            focal_length_35mm?: number;
            /**
             * Format: double
             * @description Metres to what is in focus.
             */
            subject_distance?: number;
            exposure_mode?: components["schemas"]["ExposureMode"];
            flash_fired?: boolean;
            /** @description The same on every frame of one burst, where the phone writes it. */
            burst_id?: string;
            /** @description Which shot it is by the camera's own count, at least within one burst. */
            shot_number?: number;
            /**
             * Format: double
             * @description Mean step of the quantisation of a JPEG's luma: 1 is finest.
             */
            jpeg_step?: number;
            /** @description The JPEG's table is one of libjpeg, which most programs and some cameras use. */
            jpeg_standard?: boolean;
            /** @description The camera stitched it from several frames. */
            is_panorama?: boolean;
            /** @description How a RAW file is judged and shown: by the picture that the camera embedded, developed by the service, or by the embedded picture alone, because the sensor's data is missing or cannot be read. */
            raw?: components["schemas"]["RawEnum"];
            /** @description A JPEG at full size is kept, because browsers do not show the original. */
            has_large?: boolean;
            /**
             * Format: double
             * @description The length of a video in seconds, where its file says it.
             */
            seconds?: number;
            /** @description The same in the picture and the video of one Live Photo, where Apple writes it. */
            content_id?: string;
            /** @description A motion photo: a film of the moment lies behind the picture, in the same file. */
            has_film?: boolean;
        };
        /** @description A guest who chose the photo. */
        ChosenByOutput: {
            /** Format: uuid */
            id: string;
            /** @description As they call themselves; may be empty. */
            name: string;
            /** Format: date-time */
            chosen_at: string;
        };
        /** @description A photo that guests chose. */
        ChosenInAlbumOutput: {
            /** Format: uuid */
            id: string;
            /** @description How many guests gave it a heart or chose it. */
            count: number;
            /** @description The first of them, by their places in the list of guests. */
            guests: number[];
        };
        /** @description A photo that guests chose, and who did. */
        ChosenPhotoOutput: {
            /** Format: uuid */
            readonly id: string;
            /** @description The file's name where it came from. */
            readonly name: string;
            readonly width: number | null;
            readonly height: number | null;
            placeholder: string;
            /** Format: uri */
            readonly thumbnail_url: string;
            /** Format: uri */
            readonly preview_url: string;
            /**
             * @description The owner's.
             *
             *     * `auto` - Auto
             *     * `keep` - Keep
             *     * `reject` - Reject
             */
            decision: components["schemas"]["PhotoDecision"];
            /** @description Goes into the zip; follows from rank and decisions. */
            readonly picked: boolean;
            guests: components["schemas"]["ChosenByOutput"][];
        };
        ChosenPhotoPage: {
            /**
             * Format: uri
             * @description The URL of the next page; null on the last page.
             */
            next: string | null;
            results: components["schemas"]["ChosenPhotoOutput"][];
        };
        /** @description What to add to a clock: `camera` and `seconds`, or a photo of it and when that was taken. */
        ClockShiftInput: {
            camera?: string;
            /** @default  */
            serial?: string;
            /**
             * Format: int64
             * @description Null leaves the clock to the grouping. Zero says that it is right.
             */
            seconds?: number | null;
            /** Format: uuid */
            photo?: string;
            /**
             * Format: date-time
             * @description When the photo was taken, in local time. An offset is not looked at.
             */
            taken_at?: string;
        };
        /** @description A face among those of the same person in the shots of one group. The box is as in `Face`. */
        CloseUpOutput: {
            /** Format: double */
            x: number;
            /** Format: double */
            y: number;
            /** Format: double */
            width: number;
            /** Format: double */
            height: number;
            /** @description The person's number in the group; those who matter most have the lowest. */
            person: number;
            /**
             * Format: double
             * @description What it lacks against this person's perfect face; a plain flaw is about 1.
             */
            loss: number;
            /** @description What is plainly worse than in another shot of the same person; missing if nothing. */
            flaws?: components["schemas"]["FlawsEnum"][];
            /** @description Of all faces of this person in the group, it lacks the least; missing if none has flaws. */
            best?: boolean;
        };
        /**
         * @description * `moment` - Moment
         *     * `near_duplicate` - Near Duplicate
         *     * `bracket` - Bracket
         *     * `focus_stack` - Focus Stack
         *     * `panorama` - Panorama
         * @enum {string}
         */
        ClusterKind: "moment" | "near_duplicate" | "bracket" | "focus_stack" | "panorama";
        /**
         * @description A group with its photos, the best first.
         *
         *     Of a group with more than 100 photos these are the best 100; `photo_count` counts all. The list of photos has all of
         *     them, with the group's id in `cluster`.
         */
        ClusterOutput: {
            /** Format: uuid */
            readonly id: string;
            kind: components["schemas"]["ClusterKind"];
            /** @description In the order of capture, from 0. */
            readonly position: number;
            readonly photo_count: number;
            readonly clear_winner: boolean;
            /**
             * Format: double
             * @description How far the best is ahead of the second, in quality.
             */
            readonly margin: number;
            /** @description A panorama: all its photos are picked. Of every other group one is. */
            kept_whole: boolean;
            /** @description A person made the group by splitting or merging. A new similarity does not change it. */
            readonly manual: boolean;
            readonly picks: string[];
            photos: components["schemas"]["PhotoOutput"][];
        };
        ClusterPage: {
            /**
             * Format: uri
             * @description The URL of the next page; null on the last page.
             */
            next: string | null;
            results: components["schemas"]["ClusterOutput"][];
        };
        /** @description Another file of the same shot. */
        CompanionOutput: {
            /** Format: uuid */
            id: string;
            name: string;
        };
        /** @description Decisions about photos: one decision for all, or one for each. */
        DecisionInput: {
            photos?: string[];
            /**
             * @description For all in `photos`.
             *
             *     * `auto` - Auto
             *     * `keep` - Keep
             *     * `reject` - Reject
             */
            decision?: components["schemas"]["PhotoDecision"];
            keep?: string[];
            reject?: string[];
            /** @description Photos left to the ranking. */
            auto?: string[];
        };
        /** @description The photos that were decided on, and other photos whose pick changed. */
        DecisionOutput: {
            photos: components["schemas"]["PhotoChangeOutput"][];
            /** @description Decisions of somebody else that these replaced. */
            overruled: components["schemas"]["OverruledOutput"][];
        };
        /** @description Which photos to delete. */
        DeletePhotosInput: {
            photos: string[];
        };
        /** @description The result of the request. */
        DeletePhotosOutput: {
            /** @description With the companions of these photos, without those already gone. */
            deleted: number;
        };
        /** @description Which photos that never arrived to remove. */
        DismissInput: {
            /** @description If left out, all such photos of the album. */
            photos?: string[];
        };
        /** @description The result of the request. */
        DismissOutput: {
            /** @description Photos that were removed. */
            dismissed: number;
            /** @description Photos that had arrived after all, and are analyzed instead. */
            uploaded: number;
            /** @description Announced photos that are left. Repeat the request until it is 0. */
            pending: number;
        };
        /** @description Options for the zip. */
        ExportInput: {
            /**
             * @description The picks, only photos that somebody keeps, all photos that nobody rejects, or those of these that have stars.
             *
             *     * `picks` - Picks
             *     * `kept` - Kept
             *     * `all` - All
             *     * `stars` - Stars
             * @default picks
             */
            selection?: components["schemas"]["ExportSelection"];
            /**
             * @description The fewest stars, with the selection `stars`.
             * @default 1
             */
            min_stars?: number;
            /**
             * @description All files in one folder, a folder for each group, the folders in which they were uploaded, or a folder for each day of the capture.
             *
             *     * `flat` - Flat
             *     * `folders` - Folders
             *     * `source` - Source
             *     * `days` - Days
             * @default flat
             */
            layout?: components["schemas"]["ExportLayout"];
            /**
             * @description {sequence} is the number of the photo in the zip, in the order of capture: 007; {name} is its file name, without the extension: IMG_4711; {date} is the day it was taken: 2024-06-15, or undated; {time} is the time it was taken: 14.32.05, or untimed; {group} is the number of its group: 003, or single; {folder} is the folder it was uploaded in: day 1, or no folder.
             * @default {sequence} {name}
             */
            name_pattern?: string;
            /**
             * @description Keep the files as they are, or strip them: only the picture, its colour profile and orientation, the capture time, make and model stay.
             *
             *     * `keep` - Keep
             *     * `strip` - Strip
             * @default keep
             */
            location?: components["schemas"]["ExportLocation"];
            /**
             * @description Write stars, labels, picks and rejections for other programs: not at all, as XMP sidecars beside the files, or in copies of the JPEGs and beside all other files. `only` makes a zip without photos: sidecars and lists of all photos, rejected ones too, with the names and folders of the upload.
             *
             *     * `none` - None
             *     * `sidecars` - Sidecars
             *     * `embedded` - Embedded
             *     * `only` - Only
             * @default none
             */
            ratings?: components["schemas"]["RatingsEnum"];
            /**
             * @description Write the moment of each photo in a group as a keyword, too, where ratings are written.
             * @default false
             */
            moments?: boolean;
            /**
             * @description Which photos of brackets, focus stacks and panoramas: those of the selection, all of a set of which one is selected, or only the picks of those that are selected.
             *
             *     * `selected` - Selected
             *     * `whole` - Whole
             *     * `picks` - Picks
             * @default selected
             */
            sets?: components["schemas"]["ExportSets"];
            /**
             * @description Pixels on the longer side of JPEGs, one for each shot, instead of the originals; 0 for originals. Videos, and JPEGs that are no larger, are the originals.
             *
             *     * `0` - 0
             *     * `2048` - 2048
             *     * `4096` - 4096
             * @default 0
             */
            jpeg_size?: components["schemas"]["JpegSizeEnum"];
            /**
             * @description Make several zips of at most this many GB, each complete in itself; 0 for one zip. A file that is larger is a zip of its own.
             * @default 0
             */
            part_gigabytes?: number;
            /**
             * @description Add the SHA-256 of every file in the zip, as `sha256sum --check` reads it.
             * @default false
             */
            checksums?: boolean;
            /**
             * @description Add a page, `index.html`, that shows the photos without a network.
             * @default false
             */
            gallery?: boolean;
            /**
             * @description Of the words on that page.
             *
             *     * `en` - English
             *     * `sv` - Swedish
             * @default en
             */
            language?: components["schemas"]["ExportLanguage"];
        };
        /**
         * @description * `en` - English
         *     * `sv` - Swedish
         * @enum {string}
         */
        ExportLanguage: "en" | "sv";
        /**
         * @description * `flat` - Flat
         *     * `folders` - Folders
         *     * `source` - Source
         *     * `days` - Days
         * @enum {string}
         */
        ExportLayout: "flat" | "folders" | "source" | "days";
        /**
         * @description * `keep` - Keep
         *     * `strip` - Strip
         * @enum {string}
         */
        ExportLocation: "keep" | "strip";
        /** @description An export: its options, its progress and its file: a zip, or the PDF of a book or a contact sheet. */
        ExportOutput: {
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly album_id: string;
            kind: components["schemas"]["ExportOutputKindEnum"];
            readonly print_notes: components["schemas"]["PrintNotesOutput"] | null;
            selection: components["schemas"]["ExportSelection"];
            /** @description What a photo needs to be in a selection by stars. */
            readonly min_stars: number;
            layout: components["schemas"]["ExportLayout"];
            readonly name_pattern: string;
            location: components["schemas"]["ExportLocation"];
            ratings: components["schemas"]["RatingsEnum"];
            sets: components["schemas"]["ExportSets"];
            /** @description Pixels on the longer side of JPEGs instead of originals; 0 for originals. */
            readonly jpeg_size: number;
            readonly checksums: boolean;
            /** @description Whether it has a page that shows it. */
            readonly gallery: boolean;
            /**
             * Format: uuid
             * @description The same for all parts; null for a zip without parts.
             */
            batch: string | null;
            /** @description The number of this part, from 1. */
            part: number;
            /** @description How many parts there are, each a zip; 1 for a zip without parts. */
            part_count: number;
            /** @description JPEGs that are smaller than was asked, because their photo could not be decoded again. */
            readonly smaller: string[];
            /** @description Files in the zip into which stars and picks could not be written. They are in it unchanged. */
            readonly not_marked: string[];
            /** @description JPEGs into which stars and picks could not be written. Each has a new sidecar in the zip. */
            readonly marked_beside: string[];
            /** @description Names of files in the zip that may still contain the location, although it should be stripped. They are in the zip unchanged. */
            not_cleaned: string[];
            /** @description Why, by name: its format cannot be stripped, it has a part that we do not know, it is damaged or cut off, it has too many parts, or it took too much time or memory. */
            readonly not_cleaned_reasons: {
                [key: string]: "unknown_format" | "raw" | "video" | "unknown_part" | "damaged" | "too_much" | "not_finished";
            };
            state: components["schemas"]["ExportState"];
            readonly file_name: string;
            /** @description Files in the zip: the photos, their companions, such as RAW files, and what is made for it. */
            file_count: number;
            /** @description Files that are in the zip so far. */
            files_written: number;
            readonly byte_size: number;
            /** @description Why the export failed, for programs; never changes. Empty unless it failed. Codes: `original_missing`, `original_corrupted`, `crashed`, `stopped`. */
            error_code: string;
            /** @description Why the export failed, for people. */
            error_message: string;
            /** @description The name of the photo whose original caused the failure; empty if none did. */
            error_photo_name: string;
            /** Format: date-time */
            readonly created_at: string;
            /** Format: date-time */
            readonly finished_at: string | null;
            /** Format: date-time */
            readonly expires_at: string | null;
            /** Format: uri */
            readonly download_url: string | null;
        };
        /**
         * @description * `zip` - Zip
         *     * `contact_sheet` - Contact Sheet
         *     * `book` - Book
         * @enum {string}
         */
        ExportOutputKindEnum: "zip" | "contact_sheet" | "book";
        ExportPage: {
            /**
             * Format: uri
             * @description The URL of the next page; null on the last page.
             */
            next: string | null;
            results: components["schemas"]["ExportOutput"][];
        };
        /** @description What the zip would contain. */
        ExportPreviewOutput: {
            /** @description False while photos are being analyzed or grouped: picks may change, and no export can be created. */
            readonly ready: boolean;
            /** @description Photos in the zip. If there are none, no export can be created. */
            readonly photo_count: number;
            /** @description Files in the zip: the photos, their companions, such as RAW files, and what is made for it. */
            readonly file_count: number;
            /** @description The size of the originals, and an estimate for what is made; the zip is hardly larger. */
            byte_size: number;
            /** @description Whether `byte_size` includes files that are made for the zip. */
            is_estimate: boolean;
            /** @description Zips that would be made. */
            readonly part_count: number;
            /** @description Whether brackets, focus stacks or panoramas are in the zip. */
            has_photo_sets: boolean;
            /** @description Folders in the zip; 0 if it is flat. */
            folder_count: number;
            /** @description Folders in which the photos were uploaded. */
            uploaded_folder_count: number;
            /** @description Groups that have a photo in the zip. */
            cluster_count: number;
            /** @description Photos in the zip that are in no group. */
            single_count: number;
            file_name: string;
            readonly names: string[];
            readonly photos: components["schemas"]["ExportSampleOutput"][];
            readonly selection_counts: components["schemas"]["SelectionCountsOutput"];
            readonly star_counts: number[];
            readonly shelved_counts: components["schemas"]["ShelvedCountsOutput"];
            /** @description How many picks are left out because the album wants fewer. */
            readonly left_out_count: number;
        };
        /** @description A photo that would be in the zip. */
        ExportSampleOutput: {
            /** Format: uuid */
            id: string;
            /** @description Its name in the zip, including the folder. */
            entry_name: string;
            /** @description The same as `placeholder` of the photo. */
            placeholder: string;
            width: number | null;
            height: number | null;
            /** Format: uri */
            readonly thumbnail_url: string | null;
        };
        /**
         * @description * `picks` - Picks
         *     * `kept` - Kept
         *     * `all` - All
         *     * `stars` - Stars
         * @enum {string}
         */
        ExportSelection: "picks" | "kept" | "all" | "stars";
        /**
         * @description * `selected` - Selected
         *     * `whole` - Whole
         *     * `picks` - Picks
         * @enum {string}
         */
        ExportSets: "selected" | "whole" | "picks";
        /**
         * @description * `queued` - Queued
         *     * `building` - Building
         *     * `ready` - Ready
         *     * `failed` - Failed
         *     * `expired` - Expired
         * @enum {string}
         */
        ExportState: "queued" | "building" | "ready" | "failed" | "expired";
        /** @enum {string} */
        ExposureMode: "auto" | "bracket" | "manual";
        /** @description A face in a photo. The box is in shares of the upright photo's width and height. */
        FaceOutput: {
            /** Format: double */
            x: number;
            /** Format: double */
            y: number;
            /** Format: double */
            width: number;
            /** Format: double */
            height: number;
            /** @description How open the eyes are: below 0.25 shut, from 0.5 open; null where none could be judged. */
            eyes_open: number | null;
            /**
             * Format: double
             * @description A natural logarithm, comparable between photos of one group; higher is sharper.
             */
            sharpness: number;
            /** @description Looks towards the camera. */
            frontal: boolean;
            /** @description Cut by the edge of the photo. */
            cut_off: boolean;
            /**
             * Format: double
             * @description From 0 to 1, that it is a face at all.
             */
            confidence: number;
            /**
             * Format: double
             * @description Degrees that the head is turned, positive to the right; missing if it was not measured.
             */
            turn?: number;
            /** @description How many of the two eyes could be judged; missing if none or unknown. */
            eyes_judged?: number;
            /** @description Colours of head and shoulders in 24 cells, to follow a person through the shots of one group. */
            likeness?: string;
        };
        /** @enum {string} */
        FlawsEnum: "eyes_shut" | "soft" | "turned_away";
        /** @description A photo that was taken from the video. */
        FrameOutput: {
            /** Format: uuid */
            id: string;
            name: string;
            /**
             * Format: double
             * @description How long after the start of the video.
             */
            seconds: number;
        };
        /** @description Whether photos are looked for in a video, and those that the album still has. */
        FramesOutput: {
            state: components["schemas"]["FramesOutputStateEnum"];
            photos: components["schemas"]["FrameOutput"][];
            /** @description How many photos the search found, also those deleted since. */
            found: number;
            /**
             * Format: double
             * @description How much of the video was searched, once it was.
             */
            seconds: number | null;
            error: components["schemas"]["PhotoErrorOutput"] | null;
        };
        /**
         * @description * `none` - None
         *     * `queued` - Queued
         *     * `running` - Running
         *     * `done` - Done
         *     * `failed` - Failed
         * @enum {string}
         */
        FramesOutputStateEnum: "none" | "queued" | "running" | "done" | "failed";
        /**
         * @description * `stale` - Stale
         *     * `queued` - Queued
         *     * `running` - Running
         *     * `current` - Current
         *     * `failed` - Failed
         * @enum {string}
         */
        GroupingState: "stale" | "queued" | "running" | "current" | "failed";
        /** @description Somebody who chose photos at a link. */
        GuestOutput: {
            /** Format: uuid */
            readonly id: string;
            /** @description As they call themselves; may be empty. */
            name: string;
            /** Format: date-time */
            readonly created_at: string;
            /**
             * Format: date-time
             * @description When they said that they are done.
             */
            readonly finished_at: string | null;
            choice_count: number;
        };
        GuestPage: {
            /**
             * Format: uri
             * @description The URL of the next page; null on the last page.
             */
            next: string | null;
            results: components["schemas"]["GuestOutput"][];
        };
        /** @description Guests who are to be forgotten. */
        GuestsDeleteInput: {
            guests: string[];
        };
        /** @description How many guests were forgotten. */
        GuestsDeletedOutput: {
            deleted: number;
        };
        /** @description The exposure of a photo. */
        HistogramOutput: {
            /** @description The share of pixels in each of 64 equal steps of luma, from black to white. */
            bins: number[];
            /** Format: double */
            readonly shadows_clipped: number | null;
            /** Format: double */
            readonly highlights_clipped: number | null;
        };
        /**
         * @description * `0` - 0
         *     * `2048` - 2048
         *     * `4096` - 4096
         * @enum {integer}
         */
        JpegSizeEnum: 0 | 2048 | 4096;
        /** @description The number of groups of each kind. */
        KindCountsOutput: {
            moment: number;
            near_duplicate: number;
            bracket: number;
            focus_stack: number;
            panorama: number;
        };
        /** @description The number of photos with each colour label. */
        LabelCountsOutput: {
            red: number;
            yellow: number;
            green: number;
            blue: number;
            purple: number;
        };
        /** @description Which colour label to give photos. */
        LabelInput: {
            photos: string[];
            /**
             * @description An empty one takes it back.
             *
             *     * `` -
             *     * `red` - Red
             *     * `yellow` - Yellow
             *     * `green` - Green
             *     * `blue` - Blue
             *     * `purple` - Purple
             */
            label: components["schemas"]["PhotoLabel"] | components["schemas"]["BlankEnum"];
        };
        /** @description The photos that were given stars or a label. */
        MarkedOutput: {
            photos: components["schemas"]["PhotoChangeOutput"][];
        };
        /** @description Somebody who edits an album of somebody else. */
        MemberOutput: {
            /**
             * Format: uuid
             * @description What `decided_by` of a photo names.
             */
            id: string;
            /** Format: email */
            address: string;
            /** @description Whether the person has shown that the mailbox is theirs. Else it may be somebody else's address. */
            readonly address_is_confirmed: boolean;
            /** @description The signed-in person. */
            readonly is_you: boolean;
            /** Format: date-time */
            joined_at: string;
        };
        /** @description All who edit an album. */
        MembersOutput: {
            /** Format: email */
            owner: string;
            /** @description As `address_is_confirmed` of a member. */
            readonly owner_is_confirmed: boolean;
            members: components["schemas"]["MemberOutput"][];
        };
        /** @description Photos and groups to merge into one group. */
        MergeInput: {
            photos?: string[];
            /** @description Groups, with all their photos. */
            clusters?: string[];
        };
        NullEnum: null;
        /** @description A decision that was replaced. */
        OverruledOutput: {
            /**
             * Format: uuid
             * @description The photo.
             */
            id: string;
            decision: components["schemas"]["PhotoDecision"];
            /**
             * Format: uuid
             * @description The member whose it was; null for the owner.
             */
            decided_by: string | null;
        };
        /**
         * @description * `a4_landscape` - a4_landscape
         *     * `a4_portrait` - a4_portrait
         *     * `square_21` - square_21
         *     * `square_30` - square_30
         * @enum {string}
         */
        PaperEnum: "a4_landscape" | "a4_portrait" | "square_21" | "square_30";
        /** @description A part that has not arrived: send `size` bytes of the file, from `start`, by this presigned upload. */
        PartOutput: {
            /** @description In bytes. */
            start: number;
            /** @description In bytes. */
            size: number;
            upload: components["schemas"]["PresignedUploadOutput"];
        };
        /** @description What the way to the storage lets through. */
        PartsInput: {
            /**
             * Format: int64
             * @description The most bytes of a part, if a proxy refuses larger ones. Parts have 5 MiB at least.
             * @default 33554432
             */
            most_bytes?: number;
        };
        /** @description Parts that have not arrived. Send them and ask again. When none is left, complete the upload. */
        PartsOutput: {
            /** @description The first ones. */
            parts: components["schemas"]["PartOutput"][];
            /** @description Of the whole file. */
            arrived_bytes: number;
        };
        /** @description Switches the personal ranker on or off. */
        PersonalRankerInput: {
            /** @description If false, the personal ranker neither learns from decisions nor ranks groups. */
            enabled: boolean;
        };
        /**
         * @description What the personal ranker has learned from the person's decisions, and whether it ranks new groups.
         *
         *     The figures compare its picks with the person's own choices, in groups that it had not seen. If the person passed a
         *     group without a change, its pick counts as their choice.
         */
        PersonalRankerOutput: {
            /**
             * @description `in_use`: it ranks new albums, and others when they are grouped again. `not_better`: the general ranking predicts the person's choices just as well, and is used. `collecting`: too few corrections yet.
             *
             *     * `off` - Off
             *     * `nothing` - Nothing
             *     * `collecting` - Collecting
             *     * `not_better` - Not Better
             *     * `in_use` - In Use
             */
            state: components["schemas"]["PersonalRankerState"];
            enabled: boolean;
            /** @description Groups that it has learned from. */
            choices: number;
            /** @description Of `choices`, those in which the person did not choose the pick. */
            corrections: number;
            /** @description Corrections that it needs before it can learn. */
            corrections_needed: number;
            /** @description Of `choices`, those in which it picks what the person chose. */
            agreed: number;
            /** @description The same for the general ranking. */
            agreed_without: number;
            /** Format: date-time */
            learned_at: string | null;
        };
        /**
         * @description * `off` - Off
         *     * `nothing` - Nothing
         *     * `collecting` - Collecting
         *     * `not_better` - Not Better
         *     * `in_use` - In Use
         * @enum {string}
         */
        PersonalRankerState: "off" | "nothing" | "collecting" | "not_better" | "in_use";
        /** @description The parts of a photo that a decision can change, its stars and its label. */
        PhotoChangeOutput: {
            /** Format: uuid */
            readonly id: string;
            decision: components["schemas"]["PhotoDecision"];
            /** Format: uuid */
            decided_by: string | null;
            /** @description Goes into the zip; follows from rank and decisions. */
            readonly picked: boolean;
            /** @description Would be picked if the album wanted more picks. */
            readonly left_out: boolean;
            /** Format: uuid */
            cluster_id: string | null;
            /**
             * Format: uuid
             * @description Set where a person split or merged groups.
             */
            readonly manual_group: string | null;
            /** @description In its group, the best is 0. */
            readonly rank: number;
            /** @description From 1 to 5; 0 for none. */
            readonly stars: number;
            label: components["schemas"]["PhotoLabel"] | components["schemas"]["BlankEnum"];
        };
        /**
         * @description * `auto` - Auto
         *     * `keep` - Keep
         *     * `reject` - Reject
         * @enum {string}
         */
        PhotoDecision: "auto" | "keep" | "reject";
        /** @description A person's decision about a photo; `auto` leaves it to the ranking. */
        PhotoDecisionInput: {
            decision: components["schemas"]["PhotoDecision"];
        };
        /** @description A photo, and what somebody wrote about it. */
        PhotoDetailOutput: {
            /** Format: uuid */
            readonly id: string;
            /** @description The file's name where it came from. */
            readonly name: string;
            /** @description Where it was in what was uploaded: a/b. */
            readonly folder: string;
            readonly byte_size: number;
            readonly sha256: string;
            /** @description Detected from the content, not from the name; empty before the analysis. */
            content_type: string;
            kind: components["schemas"]["PhotoKind"];
            readonly width: number | null;
            readonly height: number | null;
            readonly thumbnail_width: number | null;
            readonly thumbnail_height: number | null;
            /** @description A data: URI of at most 16 by 16 pixels, to show blurred until the thumbnail is there; may be empty. */
            placeholder: string;
            state: components["schemas"]["PhotoState"];
            readonly error: components["schemas"]["PhotoErrorOutput"] | null;
            /** @description ISO 8601, with an offset if the camera recorded one, otherwise in local time without an offset. */
            taken_at: string | null;
            time_source: components["schemas"]["TimeSource"];
            /** @description The local time in the album's timeline, by which all is sorted: `taken_at` with what a person or the grouping added to the camera's clock, and the time of a file as a clock at the place showed it. */
            timeline_at: string | null;
            /** @description The time is that of the file, in UTC, because nothing tells the zone where it was taken. */
            time_uncertain: boolean;
            readonly camera: string;
            capture: components["schemas"]["CaptureOutput"];
            scores: components["schemas"]["ScoresOutput"];
            faces: components["schemas"]["FaceOutput"][];
            /** @description For each of `faces`, the number of its person among the photos of the group; null if unknown. */
            person_numbers: number[] | null;
            /** @description Of each of `faces`; null if unknown. */
            close_ups: components["schemas"]["CloseUpOutput"][] | null;
            /** Format: uuid */
            cluster_id: string | null;
            /**
             * Format: uuid
             * @description Set where a person split or merged groups.
             */
            readonly manual_group: string | null;
            /** @description In its group, the best is 0. */
            readonly rank: number;
            /**
             * Format: double
             * @description Comparable inside one group only.
             */
            readonly quality: number;
            /**
             * Format: double
             * @description How well exposed it is, as log odds; 0 is best. Comparable inside one group only; null if unknown.
             */
            readonly exposure: number | null;
            reasons: components["schemas"]["ReasonOutput"][];
            /**
             * @description Why the photo, in no group, is probably not wanted. It is picked only if somebody keeps it.
             *
             *     * `` -
             *     * `black` - Black
             *     * `white` - White
             *     * `blurred` - Blurred
             *     * `empty` - Empty
             */
            shelf: components["schemas"]["ShelfEnum"] | components["schemas"]["BlankEnum"];
            decision: components["schemas"]["PhotoDecision"];
            /**
             * Format: uuid
             * @description The member whose decision it is, or who has left; null if it is the owner's.
             */
            decided_by: string | null;
            /** @description From 1 to 5; 0 for none. */
            stars: number;
            /**
             * @description The colour label; empty for none.
             *
             *     * `` -
             *     * `red` - Red
             *     * `yellow` - Yellow
             *     * `green` - Green
             *     * `blue` - Blue
             *     * `purple` - Purple
             */
            label: components["schemas"]["PhotoLabel"] | components["schemas"]["BlankEnum"];
            /** @description Goes into the zip; follows from rank and decisions. */
            readonly picked: boolean;
            /** @description Would be picked if the album wanted more picks. */
            readonly left_out: boolean;
            /**
             * Format: uuid
             * @description The photo that is listed, grouped and judged instead of this one, because both are one shot.
             */
            companion_of: string | null;
            /** @description Other files of the same shot, such as its RAW file. They are exported and deleted with it. */
            companions: components["schemas"]["CompanionOutput"][] | null;
            /**
             * Format: uuid
             * @description The video from which this service took the photo.
             */
            frame_of: string | null;
            /**
             * Format: double
             * @description How long after the start of that video; null if this service did not take the photo from one.
             */
            frame_seconds: number | null;
            /**
             * Format: date-time
             * @description The file's own time, as the client says.
             */
            readonly modified_at: string | null;
            /** Format: date-time */
            readonly created_at: string;
            /** Format: uri */
            readonly thumbnail_url: string | null;
            /** Format: uri */
            readonly preview_url: string | null;
            /** Format: uri */
            readonly large_url: string | null;
            /** Format: uri */
            readonly original_url: string | null;
            /** @description In a sidecar, else in the photo, else in another file of the shot, with line breaks; empty if none. */
            readonly description: string;
        };
        /** @description Why something failed. */
        PhotoErrorOutput: {
            /** @description For programs; never changes. */
            code: string;
            /** @description For people. */
            message: string;
        };
        /** @description Photos of the album. Ids of other photos are ignored. */
        PhotoIdsInput: {
            photos: string[];
        };
        /**
         * @description * `photo` - Photo
         *     * `video` - Video
         *     * `sidecar` - Sidecar
         * @enum {string}
         */
        PhotoKind: "photo" | "video" | "sidecar";
        /**
         * @description * `red` - Red
         *     * `yellow` - Yellow
         *     * `green` - Green
         *     * `blue` - Blue
         *     * `purple` - Purple
         * @enum {string}
         */
        PhotoLabel: "red" | "yellow" | "green" | "blue" | "purple";
        /** @description A photo. */
        PhotoOutput: {
            /** Format: uuid */
            readonly id: string;
            /** @description The file's name where it came from. */
            readonly name: string;
            /** @description Where it was in what was uploaded: a/b. */
            readonly folder: string;
            readonly byte_size: number;
            readonly sha256: string;
            /** @description Detected from the content, not from the name; empty before the analysis. */
            content_type: string;
            kind: components["schemas"]["PhotoKind"];
            readonly width: number | null;
            readonly height: number | null;
            readonly thumbnail_width: number | null;
            readonly thumbnail_height: number | null;
            /** @description A data: URI of at most 16 by 16 pixels, to show blurred until the thumbnail is there; may be empty. */
            placeholder: string;
            state: components["schemas"]["PhotoState"];
            readonly error: components["schemas"]["PhotoErrorOutput"] | null;
            /** @description ISO 8601, with an offset if the camera recorded one, otherwise in local time without an offset. */
            taken_at: string | null;
            time_source: components["schemas"]["TimeSource"];
            /** @description The local time in the album's timeline, by which all is sorted: `taken_at` with what a person or the grouping added to the camera's clock, and the time of a file as a clock at the place showed it. */
            timeline_at: string | null;
            /** @description The time is that of the file, in UTC, because nothing tells the zone where it was taken. */
            time_uncertain: boolean;
            readonly camera: string;
            capture: components["schemas"]["CaptureOutput"];
            scores: components["schemas"]["ScoresOutput"];
            faces: components["schemas"]["FaceOutput"][];
            /** @description For each of `faces`, the number of its person among the photos of the group; null if unknown. */
            person_numbers: number[] | null;
            /** @description Of each of `faces`; null if unknown. */
            close_ups: components["schemas"]["CloseUpOutput"][] | null;
            /** Format: uuid */
            cluster_id: string | null;
            /**
             * Format: uuid
             * @description Set where a person split or merged groups.
             */
            readonly manual_group: string | null;
            /** @description In its group, the best is 0. */
            readonly rank: number;
            /**
             * Format: double
             * @description Comparable inside one group only.
             */
            readonly quality: number;
            /**
             * Format: double
             * @description How well exposed it is, as log odds; 0 is best. Comparable inside one group only; null if unknown.
             */
            readonly exposure: number | null;
            reasons: components["schemas"]["ReasonOutput"][];
            /**
             * @description Why the photo, in no group, is probably not wanted. It is picked only if somebody keeps it.
             *
             *     * `` -
             *     * `black` - Black
             *     * `white` - White
             *     * `blurred` - Blurred
             *     * `empty` - Empty
             */
            shelf: components["schemas"]["ShelfEnum"] | components["schemas"]["BlankEnum"];
            decision: components["schemas"]["PhotoDecision"];
            /**
             * Format: uuid
             * @description The member whose decision it is, or who has left; null if it is the owner's.
             */
            decided_by: string | null;
            /** @description From 1 to 5; 0 for none. */
            stars: number;
            /**
             * @description The colour label; empty for none.
             *
             *     * `` -
             *     * `red` - Red
             *     * `yellow` - Yellow
             *     * `green` - Green
             *     * `blue` - Blue
             *     * `purple` - Purple
             */
            label: components["schemas"]["PhotoLabel"] | components["schemas"]["BlankEnum"];
            /** @description Goes into the zip; follows from rank and decisions. */
            readonly picked: boolean;
            /** @description Would be picked if the album wanted more picks. */
            readonly left_out: boolean;
            /**
             * Format: uuid
             * @description The photo that is listed, grouped and judged instead of this one, because both are one shot.
             */
            companion_of: string | null;
            /** @description Other files of the same shot, such as its RAW file. They are exported and deleted with it. */
            companions: components["schemas"]["CompanionOutput"][] | null;
            /**
             * Format: uuid
             * @description The video from which this service took the photo.
             */
            frame_of: string | null;
            /**
             * Format: double
             * @description How long after the start of that video; null if this service did not take the photo from one.
             */
            frame_seconds: number | null;
            /**
             * Format: date-time
             * @description The file's own time, as the client says.
             */
            readonly modified_at: string | null;
            /** Format: date-time */
            readonly created_at: string;
            /** Format: uri */
            readonly thumbnail_url: string | null;
            /** Format: uri */
            readonly preview_url: string | null;
            /** Format: uri */
            readonly large_url: string | null;
            /** Format: uri */
            readonly original_url: string | null;
        };
        PhotoPage: {
            /**
             * Format: uri
             * @description The URL of the next page; null on the last page.
             */
            next: string | null;
            results: components["schemas"]["PhotoOutput"][];
        };
        /**
         * @description * `pending` - Pending
         *     * `uploaded` - Uploaded
         *     * `preparing` - Preparing
         *     * `prepared` - Prepared
         *     * `embedding` - Embedding
         *     * `analyzed` - Analyzed
         *     * `failed` - Failed
         * @enum {string}
         */
        PhotoState: "pending" | "uploaded" | "preparing" | "prepared" | "embedding" | "analyzed" | "failed";
        /** @description Send the file as the body of `method` to `url`, with exactly these headers and no cookies. */
        PresignedUploadOutput: {
            /** Format: uri */
            readonly url: string;
            method: string;
            headers: {
                [key: string]: string;
            };
            /** @description Seconds until the presigned upload expires. */
            readonly expires_in: number;
        };
        /** @description Options for a book or a contact sheet. */
        PrintInput: {
            /** @default book */
            kind?: components["schemas"]["PrintInputKindEnum"];
            /**
             * @description As for a zip.
             *
             *     * `picks` - Picks
             *     * `kept` - Kept
             *     * `all` - All
             *     * `stars` - Stars
             * @default picks
             */
            selection?: components["schemas"]["ExportSelection"];
            /**
             * @description The fewest stars, with the selection `stars`.
             * @default 1
             */
            min_stars?: number;
            /**
             * @description Empty for the name of the album.
             * @default
             */
            title?: string;
            /**
             * @description The trimmed size of a book. Contact sheets are A4.
             *
             *     * `a4_landscape` - a4_landscape
             *     * `a4_portrait` - a4_portrait
             *     * `square_21` - square_21
             *     * `square_30` - square_30
             * @default a4_landscape
             */
            paper?: components["schemas"]["PaperEnum"];
            /**
             * @description Below each photo: nothing, when it was taken, its file's name, or what somebody wrote about it.
             *
             *     * `none` - none
             *     * `times` - times
             *     * `names` - names
             *     * `descriptions` - descriptions
             * @default none
             */
            captions?: components["schemas"]["CaptionsEnum"];
            /**
             * @description Whether a book has page numbers.
             * @default true
             */
            numbers?: boolean;
            /**
             * @description Of the dates.
             *
             *     * `en` - en
             *     * `sv` - sv
             * @default en
             */
            language?: components["schemas"]["PrintInputLanguageEnum"];
            /**
             * @description Photos in a row of a contact sheet.
             * @default 5
             */
            columns?: number;
        };
        /**
         * @description * `book` - book
         *     * `contact_sheet` - contact_sheet
         * @enum {string}
         */
        PrintInputKindEnum: "book" | "contact_sheet";
        /**
         * @description * `en` - en
         *     * `sv` - sv
         * @enum {string}
         */
        PrintInputLanguageEnum: "en" | "sv";
        /** @description A horizontal rule. */
        PrintLineOutput: {
            /** Format: double */
            x: number;
            /** Format: double */
            y: number;
            /** Format: double */
            width: number;
        };
        /** @description What there is to say of a finished PDF. */
        PrintNotesOutput: {
            /** @description Names of photos that could not be read, and are not in it. */
            left_out: string[];
            /** @description Names of photos with few pixels, with their pixels an inch. */
            soft: {
                [key: string]: number;
            };
            /** @description They are not in the font, and question marks stand for them. */
            missing_characters: string;
        };
        /** @description One page. */
        PrintPageOutput: {
            pictures: components["schemas"]["PrintPictureOutput"][];
            texts: components["schemas"]["PrintTextOutput"][];
            lines: components["schemas"]["PrintLineOutput"][];
        };
        /** @description A photo on a page. */
        PrintPictureOutput: {
            /** Format: uuid */
            photo_id: string;
            name: string;
            /** @description What is seen of the photo. */
            frame: components["schemas"]["BoxOutput"];
            /** @description Where the whole photo would be. The same as `frame`, unless some of it is cut off. */
            whole: components["schemas"]["BoxOutput"];
            /** @description 512 px on the longer side. */
            readonly thumbnail_url: string;
        };
        /** @description A book or a contact sheet before it is made. */
        PrintPreviewOutput: {
            /** @description False while photos are being analyzed or grouped: picks may change, and nothing can be made. */
            readonly ready: boolean;
            /** @description Photos that are chosen. If there are none, or more than `most_photos`, it cannot be made. */
            readonly photo_count: number;
            /** @description The most photos that it may have. Of more, the pages, their number and the size are those of the first. */
            readonly most_photos: number;
            /** @description All pages. Those of a book are always even, with the cover in front and an empty page at the end. */
            readonly page_count: number;
            /** @description About the size of the PDF. */
            byte_size: number;
            file_name: string;
            /**
             * Format: double
             * @description Of a trimmed page, in millimetres.
             */
            readonly width: number;
            /**
             * Format: double
             * @description Of a trimmed page, in millimetres.
             */
            readonly height: number;
            readonly pages: components["schemas"]["PrintPageOutput"][];
            readonly soft: components["schemas"]["SoftPhotoOutput"][];
            readonly selection_counts: components["schemas"]["SelectionCountsOutput"];
            readonly star_counts: number[];
        };
        /** @description A line of text. `y` is its base line, `size` the size of its letters, all in millimetres. */
        PrintTextOutput: {
            /** Format: double */
            x: number;
            /** Format: double */
            y: number;
            text: string;
            /**
             * Format: double
             * @description In millimetres.
             */
            readonly size: number;
            /**
             * Format: double
             * @description It is cut where it is wider.
             */
            width: number;
            align: components["schemas"]["AlignEnum"];
            is_grey: boolean;
        };
        /** @description One wrong value. */
        ProblemErrorOutput: {
            /** @description The path to the value: names and positions, joined by dots. Empty for the whole. */
            field: string;
            code: string;
            message: string;
        };
        /** @description An error as problem details (RFC 9457). */
        ProblemOutput: {
            /**
             * Format: uri
             * @description A page that explains the code.
             */
            type: string;
            /** @description The same for every problem with this code. */
            title: string;
            /** @description The HTTP status. */
            status: number;
            /** @description For programs; never changes. */
            code: string;
            /** @description What went wrong this time, for people. */
            detail: string;
            errors?: components["schemas"]["ProblemErrorOutput"][];
            /**
             * @description With `quota_exceeded`: the quota that is used up.
             *
             *     * `bytes` - bytes
             *     * `photos` - photos
             *     * `albums` - albums
             *     * `exports` - exports
             *     * `export_bytes` - export_bytes
             *     * `jobs` - jobs
             */
            quota?: components["schemas"]["QuotaEnum"];
            /** @description The limit; with `quota_exceeded` that of the account. */
            limit?: number;
            /** @description With `quota_exceeded`: the current usage. */
            used?: number;
        };
        /** @description The progress of an album. */
        ProgressOutput: {
            /** @description Photos that have arrived. */
            total: number;
            /** @description Photos that are announced but have not arrived yet; not part of the total. */
            pending: number;
            uploaded: number;
            preparing: number;
            prepared: number;
            embedding: number;
            analyzed: number;
            failed: number;
            /** @description Photos that are not analyzed or failed yet. */
            unfinished: number;
            grouping: components["schemas"]["GroupingState"];
            /** @description Why the last grouping failed; empty if it did not. */
            grouping_error: string;
            /** Format: date-time */
            grouped_at: string | null;
            /** @description True when nothing is left to do. */
            done: boolean;
            /**
             * Format: double
             * @description From 0 to 1; 1 only when done.
             */
            fraction: number;
        };
        /**
         * @description * `bytes` - bytes
         *     * `photos` - photos
         *     * `albums` - albums
         *     * `exports` - exports
         *     * `export_bytes` - export_bytes
         *     * `jobs` - jobs
         * @enum {string}
         */
        QuotaEnum: "bytes" | "photos" | "albums" | "exports" | "export_bytes" | "jobs";
        /** @description One quota of the account. */
        QuotaUsageOutput: {
            quota: components["schemas"]["QuotaEnum"];
            used: number;
            /** @description Null if there is no limit. */
            limit: number | null;
        };
        /**
         * @description * `none` - None
         *     * `sidecars` - Sidecars
         *     * `embedded` - Embedded
         *     * `only` - Only
         * @enum {string}
         */
        RatingsEnum: "none" | "sidecars" | "embedded" | "only";
        /** @enum {string} */
        RawEnum: "developed" | "embedded" | "embedded_only";
        /** @enum {string} */
        ReasonCode: "sharpest" | "sharper" | "least_noise" | "less_noise" | "less_compressed" | "best_exposed" | "well_exposed" | "more_faces" | "eyes_open" | "eyes_more_open" | "facing_camera" | "faces_whole" | "best_overall" | "best_of_set" | "part_of_panorama" | "original" | "your_usual_picks" | "no_clear_winner" | "only_photo" | "softer" | "blurred" | "motion_blur" | "out_of_focus" | "focused_elsewhere" | "noisier" | "more_compressed" | "too_dark" | "too_bright" | "worse_exposed" | "fewer_faces" | "eyes_closed" | "eyes_less_open" | "turned_away" | "face_cut_off" | "copy" | "nearly_as_good" | "not_as_good_overall" | "less_like_your_usual_picks";
        /** @description Why a photo is where it is in its group. */
        ReasonOutput: {
            /** @description For programs and translators. */
            code: components["schemas"]["ReasonCode"];
            /** @description For people, in English. */
            text: string;
            /** @description The number of photos in the text, if it names one. */
            count?: number;
        };
        /** @description How to group the album again. */
        RegroupInput: {
            /**
             * Format: double
             * @description 0 groups loosely, 1 strictly; unchanged if left out.
             */
            similarity?: number;
        };
        /** @description Photos and groups to group automatically again. */
        ReleaseInput: {
            photos?: string[];
            /** @description Groups, with all their photos. */
            clusters?: string[];
            /**
             * @description Everything in the album that people split or merged.
             * @default false
             */
            all?: boolean;
        };
        /** @description Which failed photos to analyze again. */
        RetryInput: {
            /** @description If left out, all failed photos. */
            photos?: string[];
        };
        /** @description The result of the request. */
        RetryOutput: {
            /** @description Photos that are being analyzed again. */
            retried: number;
        };
        /** @description How many groups each filter finds, and how many photos there are in each state. */
        ReviewCountsOutput: {
            /** @description All groups. */
            clusters: number;
            undecided: number;
            no_clear_winner: number;
            /** @description Of these, those that nobody has decided. */
            undecided_no_clear_winner: number;
            people: number;
            manual: number;
            kinds: components["schemas"]["KindCountsOutput"];
            /** @description Photos that have arrived. */
            photos: number;
            /** @description Analyzed photos in no group. */
            singles: number;
            /** @description Photos left out because they are probably not wanted. */
            shelved: number;
            /** @description Photos that go into the zip. */
            picked: number;
            /** @description Picks left out because the album wants fewer. */
            left_out: number;
            /** @description Photos that somebody keeps. */
            kept: number;
            /** @description Photos that somebody rejects. */
            rejected: number;
            failed: number;
            /** @description Photos with at least 1, 2, 3, 4 and 5 stars. */
            stars: number[];
            labels: components["schemas"]["LabelCountsOutput"];
        };
        /** @description What a step changed. It replaces what the client has. */
        ReviewOutput: {
            /** @description The photos in the request, and others whose group, rank or pick changed. */
            photos: components["schemas"]["PhotoChangeOutput"][];
            /** @description The groups these photos are in now, with all their photos, as in the timeline. */
            clusters: components["schemas"]["TimelineClusterOutput"][];
            /** @description Groups that no longer exist. */
            removed_clusters: string[];
        };
        /** @description The measurements; empty before the preparation. Without faces, their scores are left out. */
        ScoresOutput: {
            /**
             * Format: double
             * @description Variance of the Laplacian, in grey levels².
             */
            laplacian_variance?: number;
            /**
             * Format: double
             * @description Standard deviation of the noise, in grey levels.
             */
            noise?: number;
            /**
             * Format: double
             * @description Sharpness: ln of the gradient energy at 2,048 pixels over that at 256, without the noise's part.
             */
            detail?: number;
            /**
             * Format: double
             * @description Ln of the mean squared gradient of the sharpest tiles at 2,048 pixels, in (grey levels/pixel)².
             */
            tenengrad_2048?: number;
            /**
             * Format: double
             * @description The same at 1,024 pixels.
             */
            tenengrad_1024?: number;
            /**
             * Format: double
             * @description The same at 512 pixels.
             */
            tenengrad_512?: number;
            /**
             * Format: double
             * @description The same at 256 pixels.
             */
            tenengrad_256?: number;
            /**
             * Format: double
             * @description Ln of the gradient energy of the strongest tiles above the floor, at 2,048 pixels.
             */
            signal_2048?: number;
            /**
             * Format: double
             * @description Ln of the gradient energy of the strongest tiles above the floor, at 1,024 pixels.
             */
            signal_1024?: number;
            /**
             * Format: double
             * @description Ln of the gradient energy of the strongest tiles above the floor, at 512 pixels.
             */
            signal_512?: number;
            /**
             * Format: double
             * @description Ln of the gradient energy of the strongest tiles above the floor, at 256 pixels.
             */
            signal_256?: number;
            /**
             * Format: double
             * @description Ln of the gradient energy of the quietest tiles, at 2,048 pixels.
             */
            floor_2048?: number;
            /**
             * Format: double
             * @description Ln of the gradient energy of the quietest tiles, at 1,024 pixels.
             */
            floor_1024?: number;
            /**
             * Format: double
             * @description Ln of the gradient energy of the quietest tiles, at 512 pixels.
             */
            floor_512?: number;
            /**
             * Format: double
             * @description Ln of the gradient energy of the quietest tiles, at 256 pixels.
             */
            floor_256?: number;
            /**
             * Format: double
             * @description Ln of the gradient energy along 0 degrees, at 1,024 pixels.
             */
            gradient_0?: number;
            /**
             * Format: double
             * @description Ln of the gradient energy along 60 degrees, at 1,024 pixels.
             */
            gradient_60?: number;
            /**
             * Format: double
             * @description Ln of the gradient energy along 120 degrees, at 1,024 pixels.
             */
            gradient_120?: number;
            /**
             * Format: double
             * @description Traces of JPEG blocks: ln of their comb over the spectrum; about -2 where there is none.
             */
            blockiness?: number;
            /**
             * Format: double
             * @description How far strong edges overshoot, as a share of their rise; about 0.3, and more after sharpening.
             */
            halos?: number;
            /**
             * Format: double
             * @description Mean luma, from 0 to 1.
             */
            brightness?: number;
            /**
             * Format: double
             * @description Standard deviation of the luma, from 0 to 0.5.
             */
            contrast?: number;
            /**
             * Format: double
             * @description Share of white pixels, from 0 to 1.
             */
            highlights_clipped?: number;
            /**
             * Format: double
             * @description Share of black pixels, from 0 to 1.
             */
            shadows_clipped?: number;
            /**
             * Format: double
             * @description Share of pixels so dark that nothing can be made out, from 0 to 1.
             */
            nearly_black?: number;
            /**
             * Format: double
             * @description Geometric mean of the light, on the scale of the luma, from 0 to 1.
             */
            key?: number;
            /**
             * Format: double
             * @description Distance of the brightest channel's 99th percentile from white, from 0 to 1.
             */
            highlight_headroom?: number;
            /**
             * Format: double
             * @description Entropy of the luma in 64 bins, in bits.
             */
            entropy?: number;
            /**
             * Format: double
             * @description Mean nearness of the pixels to the middle of the scale, from 0 to 1.
             */
            well_exposed?: number;
            /**
             * Format: double
             * @description How near to level and plumb the lines are that are nearly so, from 0 to 1.
             */
            uprightness?: number;
            /**
             * Format: double
             * @description Number of faces.
             */
            face_count?: number;
            /**
             * Format: double
             * @description Mean luma of the faces by their width, from 0 to 1.
             */
            face_tone?: number;
            /**
             * Format: double
             * @description Mean sharpness of the faces by their width, ln as in `detail`.
             */
            face_detail?: number;
            /**
             * Format: double
             * @description Mean openness of the eyes by the width of the faces, from 0 to 1.
             */
            eyes_open?: number;
            /**
             * Format: double
             * @description Share of the faces that look towards the camera, by their width, from 0 to 1.
             */
            faces_frontal?: number;
            /**
             * Format: double
             * @description Share of the faces that the edge cuts, by their width, from 0 to 1.
             */
            faces_cut_off?: number;
        };
        /** @description How many photos each selection contains. */
        SelectionCountsOutput: {
            picks: number;
            kept: number;
            all: number;
            /** @description With any stars. */
            stars: number;
        };
        /** @description A browser that is signed in. */
        SessionOutput: {
            /** Format: uuid */
            id: string;
            /** @description What the browser called itself when it was last used (User-Agent). */
            browser: string;
            /**
             * Format: date-time
             * @description When it signed in, or last kept its session at a change.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description To within five minutes.
             */
            last_used_at: string;
            /** @description Whether it is the one that asks. */
            readonly is_current: boolean;
        };
        SessionPage: {
            /**
             * Format: uri
             * @description The URL of the next page; null on the last page.
             */
            next: string | null;
            results: components["schemas"]["SessionOutput"][];
        };
        /** @description What to change. What is left out stays. The role stays, too: make another link instead. */
        ShareChangeInput: {
            /** @description A note for yourself, such as: For Anna. */
            name?: string;
            /**
             * @description Which photos guests see: the picks, only photos that somebody keeps, all photos that nobody rejects, or those of these that have stars. It is read at each request: what you reject is gone for guests at once.
             *
             *     * `picks` - Picks
             *     * `kept` - Kept
             *     * `all` - All
             *     * `stars` - Stars
             */
            selection?: components["schemas"]["ExportSelection"];
            /** @description With the selection `stars`. */
            min_stars?: number;
            /** @description With the role `choose`: how many photos each guest may choose; null for any number. */
            wanted_count?: number | null;
            /**
             * @description What guests may save: nothing; the picture that the service made, which says nothing of the place; or the file as it was uploaded, which may say where it was taken.
             *
             *     * `none` - None
             *     * `small` - Small
             *     * `original` - Original
             */
            downloads?: components["schemas"]["ShareDownloads"];
            /** @description Whether guests may play videos. That sends the files as they were uploaded, which may say where they were taken. With `downloads` of originals, videos always play. */
            plays_videos?: boolean;
            /** @description Empty for none. Another one asks every guest again. */
            password?: string;
            /**
             * Format: date-time
             * @description In the future; null for never.
             */
            ends_at?: string | null;
        };
        /**
         * @description * `none` - None
         *     * `small` - Small
         *     * `original` - Original
         * @enum {string}
         */
        ShareDownloads: "none" | "small" | "original";
        /** @description A new link. */
        ShareInput: {
            /** @description A note for yourself, such as: For Anna. */
            name?: string;
            /**
             * @description Which photos guests see: the picks, only photos that somebody keeps, all photos that nobody rejects, or those of these that have stars. It is read at each request: what you reject is gone for guests at once.
             *
             *     * `picks` - Picks
             *     * `kept` - Kept
             *     * `all` - All
             *     * `stars` - Stars
             */
            selection?: components["schemas"]["ExportSelection"];
            /** @description With the selection `stars`. */
            min_stars?: number;
            /** @description With the role `choose`: how many photos each guest may choose; null for any number. */
            wanted_count?: number | null;
            /**
             * @description What guests may save: nothing; the picture that the service made, which says nothing of the place; or the file as it was uploaded, which may say where it was taken.
             *
             *     * `none` - None
             *     * `small` - Small
             *     * `original` - Original
             */
            downloads?: components["schemas"]["ShareDownloads"];
            /** @description Whether guests may play videos. That sends the files as they were uploaded, which may say where they were taken. With `downloads` of originals, videos always play. */
            plays_videos?: boolean;
            /** @description Empty for none. Another one asks every guest again. */
            password?: string;
            /**
             * Format: date-time
             * @description In the future; null for never.
             */
            ends_at?: string | null;
            /**
             * @description What guests may do: look, also give hearts, also choose photos, or edit the album with an account. Without an account, they may look with any of them.
             *
             *     * `look` - Look
             *     * `heart` - Heart
             *     * `choose` - Choose
             *     * `edit` - Edit
             * @default look
             */
            role?: components["schemas"]["ShareRole"];
        };
        /** @description A link to an album. */
        ShareOutput: {
            /** Format: uuid */
            readonly id: string;
            /** @description The owner's note. Guests never see it. */
            readonly name: string;
            role: components["schemas"]["ShareRole"];
            selection: components["schemas"]["ExportSelection"];
            /** @description What a photo needs to be in one by stars. */
            readonly min_stars: number;
            /** @description How many photos a guest may choose; null for any number. */
            readonly wanted_count: number | null;
            downloads: components["schemas"]["ShareDownloads"];
            /** @description Videos play. That sends the files themselves, which may name the place. */
            readonly plays_videos: boolean;
            has_password: boolean;
            /** Format: date-time */
            readonly ends_at: string | null;
            /** Format: date-time */
            readonly revoked_at: string | null;
            /** @description False once it is revoked or has ended. */
            is_open: boolean;
            /** @description The link to send, below the service's public address. */
            url: string;
            /** @description Browsers with JavaScript that opened it, each once a day. Programs that fetch links are not counted. */
            visit_count: number;
            /** @description Files that guests began to save. */
            download_count: number;
            /** Format: date-time */
            readonly last_visited_at: string | null;
            /** Format: date-time */
            readonly created_at: string;
            /**
             * @description Guests who chose something or said their name.
             * @default 0
             */
            guest_count?: number;
            /**
             * @description Different photos that guests chose.
             * @default 0
             */
            chosen_count?: number;
        };
        SharePage: {
            /**
             * Format: uri
             * @description The URL of the next page; null on the last page.
             */
            next: string | null;
            results: components["schemas"]["ShareOutput"][];
        };
        /**
         * @description * `look` - Look
         *     * `heart` - Heart
         *     * `choose` - Choose
         *     * `edit` - Edit
         * @enum {string}
         */
        ShareRole: "look" | "heart" | "choose" | "edit";
        /** @description What the link shows and allows. */
        SharedDetailsOutput: {
            album_name: string;
            role: components["schemas"]["ShareRole"];
            photo_count: number;
            /** @description How many photos the guest may choose; null for any number. */
            wanted_count: number | null;
            downloads: components["schemas"]["ShareDownloads"];
            /** Format: date-time */
            ends_at: string | null;
            /**
             * Format: email
             * @description The owner, if the link invites to edit the album.
             */
            invited_by: string | null;
            me: components["schemas"]["SharedMeOutput"];
        };
        /** @description What the guest calls themselves. */
        SharedMeInput: {
            name: string;
        };
        /** @description The guest. */
        SharedMeOutput: {
            /** @description As they call themselves; empty before they said it. */
            name: string;
            /** @description How many photos they gave a heart or chose. */
            choice_count: number;
            /**
             * Format: date-time
             * @description When they said that they are done. Choosing again takes it back.
             */
            finished_at: string | null;
        };
        /** @description A shared album. */
        SharedOutput: {
            /** @description The guest has to give the password first. */
            needs_password: boolean;
            /** @description Null while the password is missing. */
            details: components["schemas"]["SharedDetailsOutput"] | null;
        };
        /** @description The password of the link. */
        SharedPasswordInput: {
            password: string;
        };
        /** @description A photo or video of a shared album. */
        SharedPhotoOutput: {
            /** Format: uuid */
            readonly id: string;
            kind: components["schemas"]["PhotoKind"];
            readonly width: number | null;
            readonly height: number | null;
            /** @description A data: URI of at most 16 by 16 pixels, to show blurred until the thumbnail is there; may be empty. */
            placeholder: string;
            /** @description The local time in ISO 8601, without an offset. */
            taken_at: string | null;
            /** @description Photos with the same number show the same moment; null for single photos. */
            moment: number | null;
            /** Format: double */
            readonly seconds: number | null;
            /** @description This guest gave it a heart, or chose it. */
            chosen: boolean;
            /** Format: uri */
            readonly thumbnail_url: string;
            /** Format: uri */
            readonly preview_url: string;
            /** Format: uri */
            readonly video_url: string | null;
            /** Format: uri */
            readonly download_url: string | null;
        };
        SharedPhotoPage: {
            /**
             * Format: uri
             * @description The URL of the next page; null on the last page.
             */
            next: string | null;
            results: components["schemas"]["SharedPhotoOutput"][];
        };
        /**
         * @description * `` -
         *     * `black` - Black
         *     * `white` - White
         *     * `blurred` - Blurred
         *     * `empty` - Empty
         * @enum {string}
         */
        ShelfEnum: "black" | "white" | "blurred" | "empty";
        /** @description How many photos are left out for each reason. */
        ShelvedCountsOutput: {
            /** @default 0 */
            black?: number;
            /** @default 0 */
            white?: number;
            /** @default 0 */
            blurred?: number;
            /** @default 0 */
            empty?: number;
        };
        /** @description A photo with few pixels for its size. */
        SoftPhotoOutput: {
            /** Format: uuid */
            photo_id: string;
            name: string;
            /** @description Pixels of a printed inch. Below 150, a print looks soft. */
            dpi: number;
        };
        /** @description Photos to take out of their groups. */
        SplitInput: {
            photos: string[];
            /**
             * @description Leave each photo in no group. Otherwise, photos from the same group become a new group.
             * @default false
             */
            singles?: boolean;
        };
        /** @description How many stars to give photos. */
        StarsInput: {
            photos: string[];
            /** @description 0 takes them back. */
            stars: number;
        };
        /** @description Whose choices to take over. */
        TakeOverInput: {
            /** @description If left out, those of all guests. */
            guests?: string[];
        };
        /** @description What became of the photos that these guests chose. Photos deleted since then are not counted. */
        TakeOverOutput: {
            /** @description Photos that are kept now, and were undecided before. */
            taken_over: number;
            already_kept: number;
            /** @description Photos that you have rejected. They stay rejected. */
            rejected: number;
            /** @description The step, to undo; null if nothing changed. */
            change: components["schemas"]["AlbumChangeOutput"] | null;
        };
        /** @description The pictures of a photo for lists, and the reasons for its rank. */
        ThumbnailOutput: {
            /** Format: uuid */
            readonly id: string;
            /** @description Where it was in what was uploaded: a/b. */
            readonly folder: string;
            /** @description A data: URI of at most 16 by 16 pixels, to show blurred until the thumbnail is there; may be empty. */
            placeholder: string;
            /** Format: uri */
            readonly thumbnail_url: string | null;
            /** Format: uri */
            readonly preview_url: string | null;
            reasons: components["schemas"]["ReasonOutput"][];
            /** @description Of each face; null if unknown. */
            close_ups: components["schemas"]["CloseUpOutput"][] | null;
        };
        /** @description The requested photos that exist, in no particular order. */
        ThumbnailsOutput: {
            results: components["schemas"]["ThumbnailOutput"][];
        };
        /**
         * @description * `exif` - Exif
         *     * `xmp` - Xmp
         *     * `sidecar` - Sidecar
         *     * `utc` - Utc
         *     * `name` - Name
         *     * `file` - File
         *     * `none` - None
         * @enum {string}
         */
        TimeSource: "exif" | "xmp" | "sidecar" | "utc" | "name" | "file" | "none";
        /** @description A group with its photos, the best first. */
        TimelineClusterOutput: {
            /** Format: uuid */
            id: string;
            kind: components["schemas"]["ClusterKind"];
            position: number;
            clear_winner: boolean;
            /** @description A panorama: all its photos are picked. Of every other group one is. */
            kept_whole: boolean;
            /** @description A person made the group. A new similarity does not change it. */
            manual: boolean;
            /** @description How many people are in at least half of its photos. Theirs are the lowest numbers; 0 if unknown. */
            people: number;
            /** @description How many people have shut eyes, look away, are blurred or missing in some of its photos only. */
            people_differ: number;
            photos: components["schemas"]["TimelinePhotoOutput"][];
        };
        /** @description All groups, and all photos in no group, each in order. */
        TimelineOutput: {
            clusters: components["schemas"]["TimelineClusterOutput"][];
            singles: components["schemas"]["TimelinePhotoOutput"][];
        };
        /** @description A photo, with what the layout of the list depends on. */
        TimelinePhotoOutput: {
            /** Format: uuid */
            id: string;
            name: string;
            kind: components["schemas"]["PhotoKind"];
            /** @description Empty where the photo names none. */
            camera: string;
            /**
             * Format: double
             * @description The length of a video; null if it is not known.
             */
            seconds: number | null;
            width: number | null;
            height: number | null;
            /** @description The local time in the album's timeline, in ISO 8601. */
            taken_at: string | null;
            /** @description The rank in its group; the best is 0. */
            rank: number;
            /**
             * @description Why the photo, in no group, is probably not wanted. It is picked only if somebody keeps it.
             *
             *     * `` -
             *     * `black` - Black
             *     * `white` - White
             *     * `blurred` - Blurred
             *     * `empty` - Empty
             */
            shelf: components["schemas"]["ShelfEnum"] | components["schemas"]["BlankEnum"];
            decision: components["schemas"]["PhotoDecision"];
            picked: boolean;
            /** @description It would be picked if the album wanted more picks. */
            left_out: boolean;
            /** @description The names of other files of the same shot, such as its RAW file. */
            companions: string[];
            /**
             * Format: double
             * @description This service took the photo from a video, so long after its start; else null.
             */
            frame_seconds: number | null;
            /** @description A motion photo: a film lies behind the picture, in the same file. */
            has_film: boolean;
            /** @description From 1 to 5; left out for none. */
            stars?: number;
            /**
             * @description The colour label; left out for none.
             *
             *     * `` -
             *     * `red` - Red
             *     * `yellow` - Yellow
             *     * `green` - Green
             *     * `blue` - Blue
             *     * `purple` - Purple
             */
            label?: components["schemas"]["PhotoLabel"] | components["schemas"]["BlankEnum"];
            /**
             * Format: uuid
             * @description The member whose decision it is, or who has left; left out if it is the owner's.
             */
            decided_by?: string;
        };
        /** @description A new token with its text, which is shown only once. */
        TokenCreatedOutput: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description The first characters of the token, to tell tokens apart. */
            begins_with: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string | null;
            /**
             * Format: date-time
             * @description To within five minutes. Null if it was never used.
             */
            last_used_at: string | null;
            /** @description Send it as `Authorization: Token …`. It cannot be shown again. */
            token: string;
        };
        /** @description A new token. */
        TokenInput: {
            /** @description What the token is for. */
            name: string;
            /** @description If left out, the token is valid until it is revoked. */
            expires_in_days?: number | null;
        };
        /** @description A token without its secret part. */
        TokenOutput: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description The first characters of the token, to tell tokens apart. */
            begins_with: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string | null;
            /**
             * Format: date-time
             * @description To within five minutes. Null if it was never used.
             */
            last_used_at: string | null;
        };
        TokenPage: {
            /**
             * Format: uri
             * @description The URL of the next page; null on the last page.
             */
            next: string | null;
            results: components["schemas"]["TokenOutput"][];
        };
        /** @description The step that was undone or redone, and what that changed. */
        UndoOutput: {
            /** @description The photos in the request, and others whose group, rank or pick changed. */
            photos: components["schemas"]["PhotoChangeOutput"][];
            /** @description The groups these photos are in now, with all their photos, as in the timeline. */
            clusters: components["schemas"]["TimelineClusterOutput"][];
            /** @description Groups that no longer exist. */
            removed_clusters: string[];
            change: components["schemas"]["AlbumChangeOutput"];
            /** @description Photos and settings of the step that stay as they are, because somebody else changed them since. */
            changed_since: number;
        };
        /** @description The completion: what has arrived. Send missing photos again. */
        UploadCompletionOutput: {
            uploaded: string[];
            missing: string[];
        };
        /** @description A file, as the client describes it. */
        UploadFileInput: {
            name: string;
            /**
             * Format: int64
             * @description In bytes.
             */
            size: number;
            /** @description Of the whole file, in hexadecimal. */
            sha256: string;
            /**
             * @description The MIME type. The service finds out the real type from the content.
             * @default application/octet-stream
             */
            type?: string;
            /**
             * Format: date-time
             * @description When the file was last modified. It is the time of capture if the photo itself has none.
             */
            modified?: string | null;
            /**
             * @description Where the file was in what is uploaded: `Iceland/day 1`, not from the root and without `..`. It is composed (NFC), and control characters are dropped.
             * @default
             */
            folder?: string;
            /** @description How far the clock of the computer was ahead of UTC at `modified`. Without it, the service takes the zone of the album's other photos. */
            modified_offset_minutes?: number | null;
        };
        /** @description What a client can know before it reads a file. */
        UploadLimitsOutput: {
            /** @description The most bytes of a photo. */
            photo_bytes: number;
            /** @description The most bytes of a video. */
            video_bytes: number;
        };
        /** @description The upload result of one file: a presigned upload, none if the file has arrived already, or why it is refused. */
        UploadResultOutput: {
            /** Format: uuid */
            readonly photo_id: string | null;
            readonly state: components["schemas"]["PhotoState"] | components["schemas"]["NullEnum"];
            upload: components["schemas"]["PresignedUploadOutput"] | null;
            /** @description The file is large. Better send it in parts (`/uploads/{photo_id}/parts/`): an interruption then costs one of them. */
            in_parts: boolean;
            error: components["schemas"]["PhotoErrorOutput"] | null;
        };
        /** @description Files to upload into an album. */
        UploadsInput: {
            files: components["schemas"]["UploadFileInput"][];
        };
        /** @description The upload results, in the order of the files. */
        UploadsOutput: {
            uploads: components["schemas"]["UploadResultOutput"][];
        };
        /** @description Per-account quotas and current usage: bytes and photos as announced, albums, exports, and exports being built. */
        UsageOutput: {
            quotas: components["schemas"]["QuotaUsageOutput"][];
        };
        /** @description How many picks an album wants: a number, a share, or all if both are null. */
        WantedOutput: {
            count: number | null;
            /** Format: double */
            share: number | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    account_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    account_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountDeleteInput"];
            };
        };
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    account_personal_ranker: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonalRankerOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    account_personal_ranker_reset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    account_personal_ranker_switch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PersonalRankerInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonalRankerOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    account_usage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    albums_list: {
        parameters: {
            query?: {
                /** @description From `next` of the previous page. */
                cursor?: string;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlbumPage"];
                };
            };
            /** @description Nothing has changed since the response with the ETag in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    albums_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AlbumInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlbumOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    albums_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlbumOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    albums_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    albums_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AlbumChangeInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlbumOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    albums_changes: {
        parameters: {
            query?: {
                /** @description From `next` of the previous page. */
                cursor?: string;
                /** @description Also those of others who edit the album. */
                everybody?: boolean;
                page_size?: number;
            };
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlbumChangePage"];
                };
            };
            /** @description Nothing has changed since the response with the ETag in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    albums_choices: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlbumChoicesOutput"];
                };
            };
            /** @description Nothing has changed since the response with the ETag in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    albums_clocks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CameraClocksOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    albums_clocks_shift: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ClockShiftInput"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CameraClocksOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    clusters_list: {
        parameters: {
            query?: {
                /** @description From `next` of the previous page. */
                cursor?: string;
                /**
                 * @description * `moment` - Moment
                 *     * `near_duplicate` - Near Duplicate
                 *     * `bracket` - Bracket
                 *     * `focus_stack` - Focus Stack
                 *     * `panorama` - Panorama
                 */
                kind?: "moment" | "near_duplicate" | "bracket" | "focus_stack" | "panorama";
                /**
                 * @description A photo of the group has this label, and the number of stars if that is asked for.
                 *
                 *     * `red` - Red
                 *     * `yellow` - Yellow
                 *     * `green` - Green
                 *     * `blue` - Blue
                 *     * `purple` - Purple
                 */
                label?: "red" | "yellow" | "green" | "blue" | "purple";
                /** @description A pick is left out, because the album wants fewer picks. */
                left_out?: boolean;
                /** @description A person made the group by splitting or merging. */
                manual?: boolean;
                /** @description One photo should be the best, but none is clearly ahead. */
                no_clear_winner?: boolean;
                /**
                 * @description In order of capture, or groups without a clear winner first.
                 *
                 *     * `time` - Time
                 *     * `no_clear_winner_first` - No Clear Winner First
                 */
                order?: "time" | "no_clear_winner_first";
                page_size?: number;
                /** @description A photo of the group has faces. */
                people?: boolean;
                /** @description A photo of the group has this number of stars or more. */
                stars?: number;
                /** @description Nobody keeps a photo of the group or rejects all of them: the ranking picks one. A group whose pick is left out, because the album wants fewer picks, needs no decision. */
                undecided?: boolean;
            };
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClusterPage"];
                };
            };
            /** @description Nothing has changed since the response with the ETag in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    clusters_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
                cluster_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClusterOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    clusters_accept: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AcceptInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    clusters_counts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewCountsOutput"];
                };
            };
            /** @description Nothing has changed since the response with the ETag in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    clusters_merge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["MergeInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    clusters_release: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReleaseInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    clusters_split: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SplitInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    exports_list: {
        parameters: {
            query?: {
                /** @description From `next` of the previous page. */
                cursor?: string;
                page_size?: number;
            };
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportPage"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    exports_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ExportInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    exports_preview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ExportInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportPreviewOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    members_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MembersOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    members_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
                member_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    photos_list: {
        parameters: {
            query?: {
                /** @description Photos of this group, the best first. */
                cluster?: string;
                /** @description From `next` of the previous page. */
                cursor?: string;
                /**
                 * @description * `auto` - Auto
                 *     * `keep` - Keep
                 *     * `reject` - Reject
                 */
                decision?: "auto" | "keep" | "reject";
                /** @description Whether the photo is in a group. */
                in_cluster?: boolean;
                /**
                 * @description * `red` - Red
                 *     * `yellow` - Yellow
                 *     * `green` - Green
                 *     * `blue` - Blue
                 *     * `purple` - Purple
                 */
                label?: "red" | "yellow" | "green" | "blue" | "purple";
                /** @description Whether the photo is left out because the album wants fewer picks. */
                left_out?: boolean;
                page_size?: number;
                /** @description Whether faces were found. */
                people?: boolean;
                picked?: boolean;
                /** @description Whether the photo is probably not wanted. */
                shelved?: boolean;
                /** @description This number or more. */
                stars?: number;
                /**
                 * @description * `pending` - Pending
                 *     * `uploaded` - Uploaded
                 *     * `preparing` - Preparing
                 *     * `prepared` - Prepared
                 *     * `embedding` - Embedding
                 *     * `analyzed` - Analyzed
                 *     * `failed` - Failed
                 */
                state?: "pending" | "uploaded" | "preparing" | "prepared" | "embedding" | "analyzed" | "failed";
            };
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PhotoPage"];
                };
            };
            /** @description Nothing has changed since the response with the ETag in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    photos_decide: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DecisionInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    photos_delete_several: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeletePhotosInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletePhotosOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    photos_label: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LabelInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MarkedOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    photos_retry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RetryInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetryOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    photos_star: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StarsInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MarkedOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    prints_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PrintInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    prints_preview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PrintInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrintPreviewOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    albums_progress: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the last response. */
                "If-None-Match"?: string;
            };
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProgressOutput"];
                };
            };
            /** @description Nothing has changed since that response. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    albums_redo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UndoOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    albums_regroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RegroupInput"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlbumOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    shares_list: {
        parameters: {
            query?: {
                /** @description From `next` of the previous page. */
                cursor?: string;
                page_size?: number;
            };
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SharePage"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    shares_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ShareInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShareOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    albums_thumbnails: {
        parameters: {
            query?: {
                /** @description At most 100 ids, separated by commas. Photos of other albums are left out. */
                photos?: string;
            };
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ThumbnailsOutput"];
                };
            };
            /** @description Nothing has changed since the response with the ETag in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    albums_timeline: {
        parameters: {
            query?: {
                /** @description Whether to list groups. */
                clusters?: boolean;
                /**
                 * @description * `moment` - Moment
                 *     * `near_duplicate` - Near Duplicate
                 *     * `bracket` - Bracket
                 *     * `focus_stack` - Focus Stack
                 *     * `panorama` - Panorama
                 */
                kind?: "moment" | "near_duplicate" | "bracket" | "focus_stack" | "panorama";
                /**
                 * @description A photo of the group has this label, and the number of stars if that is asked for.
                 *
                 *     * `red` - Red
                 *     * `yellow` - Yellow
                 *     * `green` - Green
                 *     * `blue` - Blue
                 *     * `purple` - Purple
                 */
                label?: "red" | "yellow" | "green" | "blue" | "purple";
                /** @description A pick is left out, because the album wants fewer picks. */
                left_out?: boolean;
                /** @description A person made the group by splitting or merging. */
                manual?: boolean;
                /** @description One photo should be the best, but none is clearly ahead. */
                no_clear_winner?: boolean;
                /**
                 * @description Groups in order of capture, or groups without a clear winner first.
                 *
                 *     * `time` - Time
                 *     * `no_clear_winner_first` - No Clear Winner First
                 */
                order?: "time" | "no_clear_winner_first";
                /** @description A photo of the group has faces. */
                people?: boolean;
                /** @description Only photos that are, or are not, on the shelf. */
                shelved?: boolean;
                /** @description Whether to list photos in no group. Of the filters, only `people`, `shelved`, `left_out`, `stars` and `label` apply. */
                singles?: boolean;
                /** @description A photo of the group has this number of stars or more. */
                stars?: number;
                /** @description Nobody keeps a photo of the group or rejects all of them: the ranking picks one. A group whose pick is left out, because the album wants fewer picks, needs no decision. */
                undecided?: boolean;
            };
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimelineOutput"];
                };
            };
            /** @description Nothing has changed since the response with the ETag in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    albums_undo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UndoOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    uploads_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UploadsInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadsOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    uploads_parts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
                photo_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PartsInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartsOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    uploads_complete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PhotoIdsInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadCompletionOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    uploads_dismiss: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DismissInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DismissOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    exports_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                export_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    exports_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                export_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    exports_download: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                export_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Redirects to a link for some hours that downloads the zip and supports ranges. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    photos_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                photo_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PhotoDetailOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    photos_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                photo_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    photos_decide_one: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                photo_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PhotoDecisionInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PhotoDetailOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    photos_histogram: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                photo_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistogramOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    photos_original: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                photo_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Redirects to a short-lived link that downloads the original. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    frames_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                video_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FramesOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    frames_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                video_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FramesOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    sessions_list: {
        parameters: {
            query?: {
                /** @description From `next` of the previous page. */
                cursor?: string;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionPage"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    sessions_end: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    shared_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SharedOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    shared_accept: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptedOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    shared_finish: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SharedMeOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    shared_rename: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SharedMeInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SharedMeOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    shared_password: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SharedPasswordInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SharedOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    shared_photos: {
        parameters: {
            query?: {
                /** @description From `next` of the previous page. */
                cursor?: string;
                page_size?: number;
            };
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SharedPhotoPage"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    shared_choose: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                photo_id: string;
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SharedMeOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    shared_take_back: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                photo_id: string;
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SharedMeOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    shared_download: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                photo_id: string;
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file, by ranges. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    shared_preview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                photo_id: string;
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture. Browsers may keep it for ten minutes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    shared_thumbnail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                photo_id: string;
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture. Browsers may keep it for ten minutes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    shared_video: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
                video_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file as it was uploaded, by ranges. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    shares_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                share_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShareOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    shares_revoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                share_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    shares_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                share_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ShareChangeInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShareOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    shares_choices: {
        parameters: {
            query?: {
                /** @description From `next` of the previous page. */
                cursor?: string;
                page_size?: number;
            };
            header?: never;
            path: {
                share_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChosenPhotoPage"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    shares_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                share_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    shares_guests: {
        parameters: {
            query?: {
                /** @description From `next` of the previous page. */
                cursor?: string;
                page_size?: number;
            };
            header?: never;
            path: {
                share_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuestPage"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    shares_guests_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                share_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GuestsDeleteInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuestsDeletedOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    shares_qr: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                share_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A drawing of black squares on white. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    shares_take_over: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                share_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TakeOverInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TakeOverOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    tokens_list: {
        parameters: {
            query?: {
                /** @description From `next` of the previous page. */
                cursor?: string;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenPage"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    tokens_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenCreatedOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    tokens_revoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description It does not exist, or it belongs to another account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    uploads_limits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadLimitsOutput"];
                };
            };
            /** @description You are not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or an API token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
}
