package io.twinspan.registry.it.simulation;

import java.util.Locale;

/** What can go wrong between datacenters, or in one of them so that the others notice. */
enum FarFault {
    BROKER_DOWN_AT_START,
    BROKER_DOWN,
    BROKER_SLOW,
    TOPIC_RECREATED,
    TOPIC_TRUNCATED,
    RECORDS_DUPLICATED,
    RECORDS_REORDERED,
    RECORDS_LOST,
    RECORDS_POISONED,
    RECORDS_OF_A_FUTURE_VERSION,
    VERSION_FAR_AHEAD,
    OTHER_SLOT_COUNT,
    PEER_REBUILT,
    PEER_EMPTIED,
    LEADERS_CHANGE_IN_A_PULL,
    DATA_NODES_RESTART,
    LINK_CUT,
    LINK_CUT_ONE_WAY,
    LINK_SLOW,
    LINK_FLAPPING;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
