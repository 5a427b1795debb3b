package io.twinspan.registry.message;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.slot.SlotId;

/** The {@link Request#lane} of each kind of request. */
final class Lanes {
    /** Everything that does not say otherwise, registrations and their comparison first: a whole list must not be overtaken. */
    static final int ORDINARY = 0;

    /** Signs of life, which must not wait behind what is large. */
    static final int LIFE = 1;

    /** Interest that opens and ends: the later word counts. */
    static final int INTEREST = 2;

    private static final int FIRST_OF_READS = 3;

    private Lanes() {}

    /** Of a question that changes nothing where it is answered: any lane would do, so they are spread by slot. */
    static int ofRead(DataInfoId service) {
        return FIRST_OF_READS + SlotId.of(service).number();
    }
}
