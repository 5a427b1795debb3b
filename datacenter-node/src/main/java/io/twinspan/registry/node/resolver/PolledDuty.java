package io.twinspan.registry.node.resolver;

import io.twinspan.registry.acvip.Duties;
import io.twinspan.registry.acvip.DutyView;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.federation.Duty;
import io.twinspan.registry.federation.FederationEpoch;
import io.twinspan.registry.runtime.EventLoop;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Duty as the metas of the own datacenter tell it at {@code GET /federation/v1/status}. Never an epoch below one that was heard before,
 * also over a restart: it is kept on disk. Belongs to its event loop.
 */
public final class PolledDuty implements DutyView, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PolledDuty.class);
    private static final String PATH = "/federation/v1/status";
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration WITHIN = Duration.ofSeconds(2);

    /** Where metas know nothing of duty there is nothing to hurry for. */
    private static final Duration WHEN_UNKNOWN = Duration.ofSeconds(5);

    private static final int OK = 200;

    private final List<Endpoint> metas;
    private final EventLoop loop;
    private final Path disk;
    private final HttpClient http;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private int asked;
    private boolean isClosed;
    private volatile Duties current = Duties.UNDECIDED;

    /**
     * Begins with what the disk holds.
     *
     * @param metas HTTP ports of the own datacenter's metas
     */
    public PolledDuty(List<Endpoint> metas, EventLoop loop, Path disk) {
        this.metas = List.copyOf(metas);
        this.loop = loop;
        this.disk = disk;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(1))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        load();
    }

    /** Asks from now on. */
    public void start() {
        loop.execute(this::ask);
    }

    @Override
    public Duties current() {
        return current;
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        loop.execute(() -> isClosed = true);
    }

    private void ask() {
        if (isClosed) {
            return;
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + metas.get(asked) + PATH))
                .build();
        WholeExchange.send(http, request, WITHIN)
                .whenComplete((answer, failure) -> loop.execute(() -> {
                    boolean isKnown = answer != null && answer.statusCode() == OK;
                    if (isKnown) {
                        take(answer.body());
                    } else {
                        asked = (asked + 1) % metas.size();
                    }
                    loop.schedule(answer == null || isKnown ? EVERY : WHEN_UNKNOWN, this::ask);
                }));
    }

    /** Takes what a meta has said, unless an earlier epoch than the one that was heard before. */
    void take(String body) {
        Duties heard = read(body);
        if (heard == null || !isNewer(heard)) {
            return;
        }
        LOG.info("duty heard epoch={} duties={}", heard.epoch(), heard.duties());
        current = heard;
        listeners.forEach(Runnable::run);
        save(body);
    }

    private boolean isNewer(Duties heard) {
        FederationEpoch epoch = heard.epoch();
        FederationEpoch known = current.epoch();
        return epoch != null && !heard.equals(current) && (known == null || epoch.compareTo(known) >= 0);
    }

    /** Null when it makes no sense. */
    private static @Nullable Duties read(String body) {
        try {
            JsonNode status = JsonMapper.shared().readTree(body);
            JsonNode epoch = status.path("epoch");
            if (!epoch.isObject()) {
                return Duties.UNDECIDED;
            }
            Map<DatacenterId, Duty> duties = new HashMap<>();
            status.path("duties")
                    .properties()
                    .forEach(each -> duties.put(
                            new DatacenterId(each.getKey()),
                            Duty.valueOf(each.getValue().asString(""))));
            return new Duties(
                    new FederationEpoch(
                            epoch.path("number").asLong(0),
                            new DatacenterId(epoch.path("issuer").asString(""))),
                    duties);
        } catch (JacksonException | IllegalArgumentException nonsense) {
            LOG.warn("what a meta says of duty cannot be read: {}", nonsense.getMessage());
            return null;
        }
    }

    private void load() {
        try {
            if (Files.exists(disk)) {
                Duties kept = read(Files.readString(disk));
                current = kept == null ? Duties.UNDECIDED : kept;
            }
        } catch (IOException unreadable) {
            LOG.warn("duty on disk cannot be read, metas are asked file={}", disk, unreadable);
        }
    }

    private void save(String body) {
        Path next = disk.resolveSibling(disk.getFileName() + ".next");
        try {
            Files.writeString(next, body);
            Files.move(next, disk, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            LOG.warn("duty is known but not on disk file={}", disk, failed);
        }
    }
}
