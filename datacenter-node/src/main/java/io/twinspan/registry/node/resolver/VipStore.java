package io.twinspan.registry.node.resolver;

import io.twinspan.registry.acvip.Vip;
import io.twinspan.registry.message.ProvidedChanges;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.runtime.EventLoop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Vips among what meta provides, and on disk, so that a node that finds no meta at its start answers as it did before. Belongs to
 * its event loop.
 */
public final class VipStore {
    private static final Logger LOG = LoggerFactory.getLogger(VipStore.class);

    private final Path file;
    private final EventLoop loop;
    private final Consumer<Map<String, Vip>> onChange;
    private final Map<String, Vip> vips = new TreeMap<>();
    private boolean isHeard;
    private boolean isUntold;

    /** @param onChange told of all Vips whenever there are others */
    public VipStore(Path file, EventLoop loop, Consumer<Map<String, Vip>> onChange) {
        this.file = file;
        this.loop = loop;
        this.onChange = onChange;
    }

    /** Begins with what the disk holds. */
    public void load() {
        loop.execute(() -> {
            if (isHeard || !Files.exists(file)) {
                return;
            }
            try {
                for (JsonNode each : JsonMapper.shared().readTree(Files.readString(file))) {
                    Vip vip = VipJson.read(each.toString());
                    vips.put(vip.domain(), vip);
                }
                onChange.accept(vips);
            } catch (IOException | JacksonException | IllegalArgumentException unreadable) {
                LOG.warn("Vips on disk cannot be read, meta is asked file={}", file, unreadable);
            }
        });
    }

    /** Meta has told what changed; the first time, everything there is. Any thread. */
    public void onProvided(ProvidedChanges changes) {
        loop.execute(() -> {
            boolean isFirst = !isHeard;
            if (!isHeard) {
                isHeard = true;
                vips.clear();
            }
            long taken = changes.values().stream()
                    .filter(value -> value.id().group().equals(VipJson.GROUP))
                    .peek(this::take)
                    .count();
            isUntold |= taken > 0 || isFirst;
            // Of what comes in parts the rest is still missing: it would seem to be gone.
            if (isUntold && !changes.isMore()) {
                isUntold = false;
                LOG.info("vips changed changes={} vips={}", taken, vips.size());
                // Also when there are none: until then nobody could say so.
                onChange.accept(vips);
                save();
            }
        });
    }

    private void take(ProvidedValue value) {
        String domain = value.id().dataId();
        String data = value.data();
        if (data == null) {
            vips.remove(domain);
            return;
        }
        try {
            Vip vip = VipJson.read(data);
            if (!vip.domain().equals(domain)) {
                throw new IllegalArgumentException("it says it is " + vip.domain());
            }
            vips.put(domain, vip);
        } catch (IllegalArgumentException unreadable) {
            // Somebody has stored it without asking the desk for Vips. What was known before goes on.
            LOG.warn("a Vip cannot be read and is left as it was domain={} why={}", domain, unreadable.getMessage());
        }
    }

    private void save() {
        String text = JsonMapper.shared()
                .writeValueAsString(new ArrayList<>(vips.values())
                        .stream().map(VipJson::fields).toList());
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.write(next, text.getBytes(StandardCharsets.UTF_8));
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            LOG.warn("Vips are in force but not on disk file={}", file, failed);
        }
    }
}
