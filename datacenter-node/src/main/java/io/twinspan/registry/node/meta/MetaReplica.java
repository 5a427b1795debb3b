package io.twinspan.registry.node.meta;

import java.util.function.Consumer;

/**
 * The {@link MetaState} of this member of the group. The log's thread is its only writer; everybody reads the newest state through
 * one volatile field.
 */
final class MetaReplica implements Replica {
    private final Consumer<Boolean> leadership;
    private volatile MetaState state = MetaState.EMPTY;

    /** @param leadership told on the log's thread when this member begins or stops to lead */
    MetaReplica(Consumer<Boolean> leadership) {
        this.leadership = leadership;
    }

    MetaState state() {
        return state;
    }

    @Override
    public String apply(byte[] command) {
        MetaCommand decoded = MetaCodec.decodeCommand(command);
        String refusal = decoded.refusal(state);
        state = state.apply(decoded);
        return refusal;
    }

    @Override
    public byte[] save() {
        return MetaCodec.encode(state);
    }

    @Override
    public void load(byte[] snapshot) {
        state = MetaCodec.decodeState(snapshot);
    }

    @Override
    public void onLeadership(boolean isLeading) {
        leadership.accept(isLeading);
    }
}
