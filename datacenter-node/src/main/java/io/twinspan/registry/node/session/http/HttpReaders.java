package io.twinspan.registry.node.session.http;

import static io.twinspan.registry.node.metrics.MeterReading.counter;
import static io.twinspan.registry.node.metrics.MeterReading.gauge;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.node.metrics.MeterReading;
import io.twinspan.registry.node.metrics.MeterSource;
import io.twinspan.registry.node.session.ClientRequests;
import io.twinspan.registry.runtime.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/** All who read services over HTTP. Belongs to its event loop; questions may come on any thread. */
public final class HttpReaders implements MeterSource, AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** What readers stand on. */
    public record Ports(
            EventLoop loop,
            ClientRequests session,
            DatacenterId own,
            List<DatacenterId> peers,
            Function<DataInfoId, CompletionStage<Map<DatacenterId, Duration>>> ages) {
        /** Copies the peers. */
        public Ports {
            peers = List.copyOf(peers);
        }
    }

    private final Ports ports;
    private final WatchSettings settings;
    private final SharedAges ages;
    private final SegmentTexts texts;
    private final Set<Stream> streams = new HashSet<>();
    private final List<EventLoop.Timer> timers = new ArrayList<>();
    private long lastNumber;
    private int answering;
    private long answered;
    private long refused;
    private long dropped;
    private boolean isClosed;

    /** Reads nothing before it is asked. */
    public HttpReaders(Ports ports, WatchSettings settings) {
        this.ports = ports;
        this.settings = settings;
        this.ages = new SharedAges(ports, settings.agesFor());
        this.texts = new SegmentTexts(settings.staleAfter());
    }

    /** Looks after streams from now on. */
    public void start() {
        ports.loop().execute(() -> {
            timers.add(ports.loop().scheduleEvery(LOOK, this::dropSlow));
            timers.add(ports.loop().scheduleEvery(settings.ageEvery(), () -> streams.forEach(Stream::tellAges)));
        });
    }

    /** The service as it is shown now; empty when there is no room, or nothing is known of the own datacenter's addresses yet. */
    CompletionStage<Optional<Map<String, Object>>> once(Wish wish) {
        CompletableFuture<Optional<Map<String, Object>>> answer = new CompletableFuture<>();
        ports.loop().execute(() -> {
            if (hasRoom()) {
                new Once(wish, answer).begin();
            } else {
                answer.complete(Optional.empty());
            }
        });
        return answer;
    }

    /** Tells the sink of the service from now on; false when there is no room. */
    CompletionStage<Boolean> stream(Wish wish, EventSink sink) {
        CompletableFuture<Boolean> isTaken = new CompletableFuture<>();
        ports.loop().execute(() -> {
            boolean hasRoom = hasRoom();
            if (hasRoom) {
                Stream stream = new Stream(wish, sink);
                streams.add(stream);
                stream.reader.open();
            }
            isTaken.complete(hasRoom);
        });
        return isTaken;
    }

    /** The reader of this sink has gone. */
    void gone(EventSink sink) {
        ports.loop()
                .execute(() -> List.copyOf(streams).stream()
                        .filter(stream -> stream.sink == sink)
                        .forEach(Stream::end));
    }

    EventLoop loop() {
        return ports.loop();
    }

    @Override
    public CompletionStage<List<MeterReading>> read() {
        CompletableFuture<List<MeterReading>> readings = new CompletableFuture<>();
        ports.loop()
                .execute(() -> readings.complete(List.of(
                        gauge("twinspan.http.streams", Map.of(), streams.size()),
                        counter("twinspan.http.answers", Map.of(), answered),
                        counter("twinspan.http.refused", Map.of(), refused),
                        counter("twinspan.http.streams.dropped", Map.of(), dropped))));
        return readings;
    }

    @Override
    public void close() {
        ports.loop().execute(() -> {
            isClosed = true;
            timers.forEach(EventLoop.Timer::cancel);
            List.copyOf(streams).forEach(Stream::end);
        });
    }

    private boolean hasRoom() {
        boolean hasRoom = !isClosed && streams.size() + answering < settings.mostReaders();
        refused += hasRoom ? 0 : 1;
        return hasRoom;
    }

    private void dropSlow() {
        for (Stream stream : List.copyOf(streams)) {
            if (stream.sink.stuckFor().compareTo(settings.slowAfter()) >= 0) {
                dropped++;
                stream.end();
            }
        }
    }

    /** Numbers of connections of ours are below zero, those of sockets above. */
    private long nextNumber() {
        return --lastNumber;
    }

    /** One answer: complete when everybody who can have the service has been heard, or it is time. */
    private final class Once {
        private final Wish wish;
        private final CompletableFuture<Optional<Map<String, Object>>> answer;
        private final SegmentReader reader;
        private boolean isDone;
        private boolean hasOwn;

        Once(Wish wish, CompletableFuture<Optional<Map<String, Object>>> answer) {
            this.wish = wish;
            this.answer = answer;
            this.reader =
                    new SegmentReader(nextNumber(), wish, ports.session(), ports.loop(), this::onSegment, this::finish);
        }

        void begin() {
            answering++;
            reader.open();
            ports.loop().schedule(settings.firstWithin(), this::finish);
        }

        private void onSegment(DatacenterId segment) {
            if (!hasOwn && segment.equals(ports.own())) {
                hasOwn = true;
                ports.loop().schedule(settings.peersWithin(), this::finish);
            }
            if (hasOwn && reader.shown().keySet().containsAll(ports.peers())) {
                finish();
            }
        }

        private void finish() {
            if (isDone) {
                return;
            }
            isDone = true;
            ages.tell(wish.service(), reader.shown().keySet(), known -> {
                answering--;
                answered++;
                answer.complete(
                        hasOwn
                                ? Optional.of(ServiceAnswer.of(wish, reader.shown(), known, settings.staleAfter()))
                                : Optional.empty());
                reader.close();
            });
        }
    }

    /** One stream: every change of a segment, and now and then how old they are. */
    private final class Stream {
        private final EventSink sink;
        private final SegmentReader reader;
        private final Set<DatacenterId> untold = new TreeSet<>();

        Stream(Wish wish, EventSink sink) {
            this.sink = sink;
            this.reader =
                    new SegmentReader(nextNumber(), wish, ports.session(), ports.loop(), this::onSegment, this::end);
        }

        void tellAges() {
            ages.tell(reader.wish().service(), reader.shown().keySet(), known -> {
                List<Map<String, Object>> told = new ArrayList<>();
                reader.shown()
                        .keySet()
                        .forEach(each -> told.add(ServiceAnswer.age(each, known.get(each), settings.staleAfter())));
                offer("age", "age", JsonMapper.shared().writeValueAsString(Map.of("segments", told)));
            });
        }

        void end() {
            if (streams.remove(this)) {
                reader.close();
                sink.end();
            }
        }

        private void onSegment(DatacenterId segment) {
            // One question a stream: what comes before its answer is told with it, and of each segment only the newest.
            if (untold.add(segment) && untold.size() == 1) {
                ages.tell(reader.wish().service(), Set.of(segment), this::tellSegments);
            }
        }

        private void tellSegments(Map<DatacenterId, Duration> known) {
            for (DatacenterId segment : untold) {
                var push = reader.shown().get(segment);
                if (push != null) {
                    offer("segment " + segment, "segment", texts.json(push, known.get(segment)));
                }
            }
            untold.clear();
        }

        private void offer(String key, String event, String data) {
            if (streams.contains(this)) {
                sink.offer(key, event, data);
            }
        }
    }
}
