package io.twinspan.registry.node.data;

/** How far what a slot holds can be trusted. Registrations are taken in every state. */
enum SlotState {
    /** Nothing was on disk: own datums are answered as unknown. */
    COLD,
    /** A snapshot was on disk: it is answered as unconfirmed, and what changes is kept back. */
    WARMING,
    /** What is held is the truth. */
    SETTLED
}
