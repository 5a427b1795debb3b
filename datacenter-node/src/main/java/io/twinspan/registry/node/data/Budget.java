package io.twinspan.registry.node.data;

/** How much still fits into one call; the last thing put in may go beyond it. */
final class Budget {
    private int room;

    Budget(int room) {
        this.room = room;
    }

    boolean hasRoom() {
        return room > 0;
    }

    void take(int size) {
        room -= size;
    }
}
