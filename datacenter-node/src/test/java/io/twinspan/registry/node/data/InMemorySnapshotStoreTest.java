package io.twinspan.registry.node.data;

class InMemorySnapshotStoreTest implements SnapshotStoreContract {
    private final SnapshotStore store = new InMemorySnapshotStore();

    @Override
    public SnapshotStore store() {
        return store;
    }
}
