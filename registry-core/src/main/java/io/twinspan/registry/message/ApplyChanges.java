package io.twinspan.registry.message;

import io.twinspan.registry.datum.SessionIncarnation;
import java.util.List;

/** Session to the slot leaders on one data node: registrations and removals, in the order the clients made them. */
public record ApplyChanges(SessionIncarnation session, List<RegistrationChange> changes)
        implements Request<ChangesApplied> {
    /** Copies the changes. */
    public ApplyChanges {
        changes = List.copyOf(changes);
    }
}
