package io.twinspan.registry.node.session.push;

import io.twinspan.registry.datum.DatumVersion;

/**
 * The last push of one segment to one subscriber.
 *
 * @param isStamped it went under a stamp and not under the version of the datum, so a client that took it took it for newer
 *     than everything it had
 * @param wireVersion the number it went under
 * @param count number of addresses in it
 * @param hasFailed whether the client has it is not known
 * @param mayBeEmptied a stamped push is needed to show the segment, because the client may have been told to empty it
 * @param isFirst the client has taken nothing of this segment yet, as far as is known
 */
record Pushed(
        Content content,
        boolean isStamped,
        long wireVersion,
        int count,
        boolean hasFailed,
        boolean mayBeEmptied,
        boolean isFirst) {
    /** The client has taken it: what is shown now is no longer in doubt. */
    Pushed taken() {
        return new Pushed(content, isStamped, wireVersion, count, false, content.isOutsideView(), false);
    }

    Pushed failed() {
        return new Pushed(content, isStamped, wireVersion, count, true, mayBeEmptied, isFirst);
    }

    /** As if it had gone without a stamp: it will be stamped again. */
    Pushed unstamped() {
        return new Pushed(content, false, wireVersion, count, hasFailed, mayBeEmptied, isFirst);
    }

    /** The client has taken at least this version, and shows it. */
    boolean isThere(DatumVersion least) {
        return !hasFailed && isStamped && !content.isOutsideView() && !least.isAfter(content.version());
    }

    /** The client has taken this very version, and shows it. */
    boolean isThereAs(DatumVersion version) {
        return isThere(version) && content.version().equals(version);
    }

    boolean has(Content wanted) {
        return !hasFailed && content.equals(wanted);
    }
}
