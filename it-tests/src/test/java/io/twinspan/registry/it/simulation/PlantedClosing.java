package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.message.DatumAnswers;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.node.session.SegmentPush;
import io.twinspan.registry.pushswitch.PushSwitch;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.simulation.SimulatedNetwork;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Mistakes that a session could make with the push switch, each made on purpose and seen by the checker of D8. */
enum PlantedClosing {
    /** A session confirms that push is closed, and pushes. */
    PUSH_THOUGH_CLOSED {
        @Override
        Tampering plant() {
            return new SwitchedWorld() {
                @Override
                PushSwitch onSwitch(PushSwitch value) {
                    return new PushSwitch(value.version(), List.of());
                }
            };
        }
    },

    /** What changed while push was closed never gets to a client: its number is one that the client ignores. */
    LOSE_WHAT_CHANGED_WHILE_CLOSED {
        @Override
        Tampering plant() {
            return new SwitchedWorld() {
                @Override
                SegmentPush afterOpening(SegmentPush push) {
                    return with(push, 1, push.addressesByZone());
                }
            };
        }
    },

    /** Opening sends what was there before the last change. */
    OPEN_WITH_AN_INTERMEDIATE_LIST {
        @Override
        Tampering plant() {
            return new SwitchedWorld() {
                @Override
                SegmentPush afterOpening(SegmentPush push) {
                    return with(push, push.wireVersion(), beforeLast(push));
                }
            };
        }
    };

    /** A world with a push switch; a new one for each run, because it remembers. */
    abstract Tampering plant();

    /** As it should be. */
    static Tampering none() {
        return new SwitchedWorld();
    }

    /** Sees the switch and the datums go by. */
    private static class SwitchedWorld implements Tampering {
        private static final int REMEMBERED = 2;

        private final Map<DataInfoId, Deque<Datum>> datums = new HashMap<>();
        private boolean wasClosed;
        private boolean isOpened;

        PushSwitch onSwitch(PushSwitch value) {
            return value;
        }

        SegmentPush afterOpening(SegmentPush push) {
            return push;
        }

        Map<String, List<String>> beforeLast(SegmentPush push) {
            Deque<Datum> known = datums.getOrDefault(push.service(), new ArrayDeque<>());
            return known.size() < REMEMBERED || push.addressesByZone().isEmpty()
                    ? push.addressesByZone()
                    : known.getFirst().addressesByZone();
        }

        static SegmentPush with(SegmentPush push, long version, Map<String, List<String>> addresses) {
            return new SegmentPush(
                    push.service(),
                    push.registIds(),
                    push.segment(),
                    push.scope(),
                    version,
                    addresses,
                    push.localZone());
        }

        @Override
        public Climate climate(Climate any) {
            return Climate.CALM;
        }

        @Override
        public boolean hasPushSwitch() {
            return true;
        }

        @Override
        public SegmentPush push(SegmentPush push, long count) {
            return isOpened ? afterOpening(push) : push;
        }

        @Override
        public SimulatedNetwork.Tap tap() {
            return new SimulatedNetwork.Tap() {
                @Override
                @SuppressWarnings("unchecked") // a PushSwitch in place of another one
                public <R> R onAnswer(Caller to, Request<R> request, R answer) {
                    if (answer instanceof DatumAnswers given) {
                        given.answers().forEach(each -> remember(each.datum()));
                    }
                    if (answer instanceof PushSwitch value) {
                        isOpened = wasClosed && value.tokens().isEmpty();
                        wasClosed |= !value.tokens().isEmpty();
                        return (R) onSwitch(value);
                    }
                    return answer;
                }
            };
        }

        private void remember(@Nullable Datum datum) {
            if (datum == null) {
                return;
            }
            Deque<Datum> known = datums.computeIfAbsent(datum.id(), id -> new ArrayDeque<>());
            if (known.stream().noneMatch(each -> each.version().equals(datum.version()))) {
                known.addLast(datum);
            }
            if (known.size() > REMEMBERED) {
                known.removeFirst();
            }
        }
    }
}
