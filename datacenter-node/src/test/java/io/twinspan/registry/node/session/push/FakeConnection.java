package io.twinspan.registry.node.session.push;

import io.twinspan.registry.node.session.ClientConnection;
import io.twinspan.registry.node.session.ConfigPush;
import io.twinspan.registry.node.session.SegmentPush;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A connection that hands pushes to a simulated client at once, answers at once or when told, and remembers everything. */
public final class FakeConnection implements ClientConnection {
    private final long number;
    private final String address;
    private final SimulatedClient client;
    private final List<SegmentPush> pushes = new ArrayList<>();
    private final List<ConfigPush> configs = new ArrayList<>();
    private final List<CompletableFuture<Boolean>> held = new ArrayList<>();
    private boolean isHolding;
    private boolean isClosed;
    private boolean isReading = true;
    private boolean isForwarded;
    private int failures;

    FakeConnection(long number, SimulatedClient client) {
        this.number = number;
        this.address = "10.0.0." + number + ":" + (40_000 + number);
        this.client = client;
    }

    /** A connection of a new client. */
    public FakeConnection(long number) {
        this(number, new SimulatedClient());
    }

    /** The same as one that an agent forwards. */
    public FakeConnection forwarded() {
        isForwarded = true;
        return this;
    }

    @Override
    public boolean isForwarded() {
        return isForwarded;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public String remoteAddress() {
        return address;
    }

    @Override
    public CompletionStage<Boolean> push(SegmentPush push) {
        pushes.add(push);
        if (failures > 0) {
            failures--;
            return CompletableFuture.completedFuture(false);
        }
        client.onPush(push);
        return answer();
    }

    @Override
    public CompletionStage<Boolean> pushConfig(ConfigPush push) {
        configs.add(push);
        return answer();
    }

    @Override
    public void close() {
        isClosed = true;
    }

    /** True when the session has closed it. */
    public boolean isClosed() {
        return isClosed;
    }

    /** What the application sees. */
    public List<String> shown(String registId) {
        return List.copyOf(client.shown(registId));
    }

    /** Everything sent so far. */
    public List<SegmentPush> pushes() {
        return pushes;
    }

    /** Every value sent so far. */
    public List<ConfigPush> configs() {
        return configs;
    }

    SegmentPush last() {
        return pushes.get(pushes.size() - 1);
    }

    SimulatedClient client() {
        return client;
    }

    @Override
    public boolean isReading() {
        return isReading;
    }

    void setReading(boolean reads) {
        isReading = reads;
    }

    void hold() {
        isHolding = true;
    }

    void release() {
        isHolding = false;
        List<CompletableFuture<Boolean>> all = List.copyOf(held);
        held.clear();
        all.forEach(each -> each.complete(true));
    }

    void failNext(int times) {
        failures = times;
    }

    private CompletionStage<Boolean> answer() {
        if (!isHolding) {
            return CompletableFuture.completedFuture(true);
        }
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        held.add(answer);
        return answer;
    }
}
