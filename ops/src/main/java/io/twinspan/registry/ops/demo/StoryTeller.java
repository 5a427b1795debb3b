package io.twinspan.registry.ops.demo;

import com.alipay.sofa.registry.client.api.Publisher;
import com.alipay.sofa.registry.client.api.RegistryClient;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.ops.client.OfficialClient;
import io.twinspan.registry.ops.client.ShownList;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Lets two applications meet across the datacenters. They stay connected as long as this process lives. */
final class StoryTeller {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long POLL_NANOS = 500_000;

    private final Layout layout;

    StoryTeller(Layout layout) {
        this.layout = layout;
    }

    /** @throws DemoFailedException naming the step that did not come about within 30 s */
    Story perform() {
        DataInfoId service = DataInfoId.of(Story.SERVICE);
        OfficialClient east = OfficialClient.connect(layout.east().first(NodePort.SESSION_HTTP));
        long publishing = System.nanoTime();
        Publisher publisher = east.publish(service, Story.FIRST_ADDRESS);
        await(publisher::isRegistered, "the east's session " + east.bolt() + " has not acknowledged " + Story.SERVICE);
        double acknowledged = millisSince(publishing);

        CompletableFuture<Long> first = new CompletableFuture<>();
        CompletableFuture<Long> change = new CompletableFuture<>();
        CompletableFuture<List<String>> last = new CompletableFuture<>();
        OfficialClient west = OfficialClient.connect(layout.west().first(NodePort.SESSION_HTTP));
        long subscribing = System.nanoTime();
        west.subscribe(service, Scope.GLOBAL, list -> onShown(list, first, change, last));
        double firstShown = (get(first, west, Story.FIRST_ADDRESS) - subscribing) / 1e6;

        OfficialClient second = OfficialClient.connect(layout.east().first(NodePort.SESSION_HTTP));
        long changing = System.nanoTime();
        second.publish(service, Story.SECOND_ADDRESS);
        double changeShown = (get(change, west, Story.SECOND_ADDRESS) - changing) / 1e6;
        return new Story(
                "official SOFARegistry client" + version(),
                east.bolt(),
                west.bolt(),
                acknowledged,
                firstShown,
                changeShown,
                get(last, west, Story.SECOND_ADDRESS));
    }

    private static void onShown(
            ShownList list,
            CompletableFuture<Long> first,
            CompletableFuture<Long> change,
            CompletableFuture<List<String>> last) {
        List<String> addresses = list.addresses();
        if (addresses.contains(Story.FIRST_ADDRESS)) {
            first.complete(System.nanoTime());
        }
        if (addresses.contains(Story.SECOND_ADDRESS)) {
            change.complete(System.nanoTime());
            last.complete(addresses);
        }
    }

    private static <T> T get(CompletableFuture<T> future, OfficialClient west, String address) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new DemoFailedException("an application in the west (session " + west.bolt() + ") was not shown "
                    + address + " within " + PATIENCE.toSeconds() + " s of its being published in the east");
        } catch (ExecutionException unexpected) {
            throw new IllegalStateException("the story was interrupted", unexpected);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DemoFailedException("interrupted while waiting for the west");
        }
    }

    private static void await(BooleanSupplier condition, String otherwise) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline || Thread.interrupted()) {
                throw new DemoFailedException(otherwise + " within " + PATIENCE.toSeconds() + " s");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static double millisSince(long begin) {
        return (System.nanoTime() - begin) / 1e6;
    }

    private static String version() {
        return Optional.ofNullable(RegistryClient.class.getPackage().getImplementationVersion())
                .map(version -> " " + version)
                .orElse("");
    }
}
