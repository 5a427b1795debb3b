package io.twinspan.registry.ops.bench;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.ops.host.ProcessUsage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** One publisher each of many services, whose names are 65 bytes long and as unlike each other as those of real interfaces. */
final class SyncCrowd implements AutoCloseable {
    static final int NAME_BYTES = 65;

    private static final List<String> WORDS = List.of(
            "account",
            "address",
            "asset",
            "audit",
            "balance",
            "basket",
            "billing",
            "booking",
            "card",
            "cargo",
            "catalog",
            "charge",
            "claim",
            "contract",
            "coupon",
            "credit",
            "customer",
            "delivery",
            "deposit",
            "device",
            "exchange",
            "factory",
            "freight",
            "gateway",
            "identity",
            "inventory",
            "invoice",
            "ledger",
            "loan",
            "logistics",
            "market",
            "member",
            "merchant",
            "message",
            "notice",
            "offer",
            "order",
            "parcel",
            "partner",
            "payment",
            "planning",
            "pricing",
            "product",
            "profile",
            "quote",
            "rating",
            "refund",
            "report",
            "risk",
            "route",
            "sample",
            "schedule",
            "search",
            "security",
            "settlement",
            "shipment",
            "stock",
            "supplier",
            "tariff",
            "ticket",
            "trade",
            "transfer",
            "voucher",
            "warehouse");

    static final ServerClock UNSEEN = new ServerClock(new ProcessUsage(Path.of("/proc")), List.of());

    private final RawClient client = new RawClient(push -> {});
    private final Filling filling;
    private final FillLoad load;
    private final AtomicLong refused = new AtomicLong();
    private long number = 1;

    SyncCrowd(Endpoint session, String name, FillLoad load, InstantSource clock) {
        this.load = load;
        this.filling = new Filling(
                client,
                client.connect(session, load.connections()),
                new Filling.Names(name, k -> service(name, k)),
                load,
                clock);
    }

    /** @throws BenchException when any registration is refused or fails */
    void fill() {
        Measure measure = filling.fill(UNSEEN);
        if (measure.failures() > 0) {
            throw new BenchException(measure.failures() + " registrations were refused or failed", null);
        }
    }

    /** Changes so many services, one after the other, evenly over the time; returns how long it took. */
    Duration change(int count, Duration length) {
        return Waiting.paced(count, length, i -> {
            number++;
            filling.change((int) (number % load.publishers()), number, refused::incrementAndGet);
        });
    }

    /** Changes that were refused or not answered. */
    long refused() {
        return refused.get();
    }

    @Override
    public void close() {
        client.close();
    }

    static String service(String name, int k) {
        long mixed = k * 0x9E3779B97F4A7C15L;
        StringBuilder text = new StringBuilder("com.example.").append(name).append('.');
        text.append(word(mixed >>> 58)).append('.').append(word(mixed >>> 52)).append(k);
        for (int shift = 46; text.length() < NAME_BYTES; shift -= 6) {
            String next = word(mixed >>> shift);
            text.append(Character.toUpperCase(next.charAt(0))).append(next, 1, next.length());
        }
        return text.substring(0, NAME_BYTES);
    }

    private static String word(long bits) {
        return WORDS.get((int) (bits & (WORDS.size() - 1)));
    }
}
