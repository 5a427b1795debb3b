package io.twinspan.registry.node.session.push;

import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.subscription.View;

/**
 * Names what a segment was pushed as: because one version names one content for ever, this is enough to tell whether a client has
 * what it should have.
 *
 * @param version {@link DatumVersion#NONE} of a segment that is emptied by the view
 * @param isUnshrunk true with publishers besides that have gone, because removals wait
 */
record Content(View.Part part, DatumVersion version, boolean isUnshrunk) {
    /** Outside the view. */
    static final Content EMPTIED = new Content(View.Part.EMPTIED, DatumVersion.NONE, false);

    boolean isOutsideView() {
        return part == View.Part.EMPTIED;
    }
}
