package io.twinspan.registry.ops.demo;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.ops.client.OfficialClient;
import io.twinspan.registry.ops.client.ShownList;
import io.twinspan.registry.subscription.Scope;
import java.util.Set;
import java.util.TreeSet;

/** An application on the official client that calls a service, and remembers the shortest list it was ever left with. */
final class CallingApplication {
    private Set<String> shown = Set.of();
    private int lists;
    private int fewest;

    /** Subscribes through a session. */
    static CallingApplication at(Endpoint session, DataInfoId service) {
        CallingApplication application = new CallingApplication();
        OfficialClient.connect(session).subscribe(service, Scope.GLOBAL, application::onShown);
        return application;
    }

    /** From now on the shortest list is looked for. */
    synchronized void beginToCount() {
        lists = 0;
        fewest = shown.size();
    }

    synchronized boolean isShown(String address) {
        return shown.contains(address);
    }

    /** Lists that it was shown since {@link #beginToCount}. */
    synchronized int lists() {
        return lists;
    }

    /** Different addresses in the shortest of them. */
    synchronized int fewest() {
        return fewest;
    }

    private synchronized void onShown(ShownList list) {
        shown = new TreeSet<>(list.addresses());
        lists++;
        fewest = Math.min(fewest, shown.size());
    }
}
