package io.twinspan.registry.acvip.dns;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Port: the addresses of a host that a domain names. */
public interface HostLookup {
    /** Empty when there are none or they are not known now. The stage does not fail. */
    CompletionStage<List<InetAddress>> find(String host);
}
