package io.twinspan.registry.message;

import java.util.List;

/** Slot leader to an interested session: these have another version now; fetch them. */
public record DatumsChanged(List<DatumNotice> notices) implements Request<Done> {
    /** Copies the notices. */
    public DatumsChanged {
        notices = List.copyOf(notices);
    }
}
