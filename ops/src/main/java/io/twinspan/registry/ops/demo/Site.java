package io.twinspan.registry.ops.demo;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodePort;
import java.util.List;

/**
 * One datacenter of the demo: one process with all roles on the loopback address.
 *
 * @param portOffset added to the default number of every port
 */
public record Site(DatacenterId datacenter, int portOffset) {
    /** Where everything of the demo listens. */
    public static final String HOST = "127.0.0.1";

    /** The default ports. */
    public static final Site EAST = new Site(new DatacenterId("east"), 0);

    /** Every port 1000 higher. */
    public static final Site WEST = new Site(new DatacenterId("west"), 1000);

    /** The broker that carries the announcements of both. */
    public static final Endpoint KAFKA = new Endpoint(HOST, 19092);

    static final List<Site> ALL = List.of(EAST, WEST);

    /** Where a port of this site listens. */
    public Endpoint endpoint(NodePort port) {
        return new Endpoint(HOST, port.defaultNumber() + portOffset);
    }

    /** The name of the datacenter, of its process and of its folders. */
    public String name() {
        return datacenter.name();
    }
}
