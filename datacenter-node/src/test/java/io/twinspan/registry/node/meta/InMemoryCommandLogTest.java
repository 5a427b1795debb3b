package io.twinspan.registry.node.meta;

class InMemoryCommandLogTest implements CommandLogContract {
    private final InMemoryCommandLog.Disk disk = new InMemoryCommandLog.Disk();

    @Override
    public CommandLog open() {
        return new InMemoryCommandLog(disk, true);
    }
}
