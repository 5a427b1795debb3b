package io.twinspan.registry.federation;

import io.twinspan.registry.datacenter.Endpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes of a datacenter are told of a move.
 *
 * @param version differs whenever anything here does
 * @param order null while none was ever given
 * @param isGranted whether the target has stood behind the order within the last seconds; without that nobody is sent away
 * @param servers sessions of the target that clients may be told of; empty while they are not known
 */
public record MoveView(long version, @Nullable MoveOrder order, boolean isGranted, List<Endpoint> servers) {
    /** Nobody has ordered anything. */
    public static final MoveView NONE = new MoveView(0, null, false, List.of());

    /** Copies the servers. */
    public MoveView {
        servers = List.copyOf(servers);
    }

    /** The same without the target's word. */
    public MoveView ungranted() {
        return new MoveView(version, order, false, servers);
    }
}
