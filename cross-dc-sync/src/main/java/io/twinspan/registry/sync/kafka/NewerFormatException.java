package io.twinspan.registry.sync.kafka;

/** A record of a later format than this release knows: no fault of anybody, and skipped. */
final class NewerFormatException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    NewerFormatException(int format) {
        super("the record is of format " + format + ", and this release knows " + AnnouncementCodec.FORMAT);
    }
}
