package io.twinspan.registry.acvip.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.simulation.ManualEventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A client on time that is told, with servers that are told what to say. */
class ResolverCoreTest {
    private static final String DOMAIN = "session.twinspan";
    private static final Endpoint EAST = new Endpoint("east-1", 1);
    private static final Endpoint WEST = new Endpoint("west-1", 1);
    private static final Duration LONG = Duration.ofSeconds(9);

    private final ManualEventLoop loop = new ManualEventLoop();
    private final ToldServers servers = new ToldServers();
    private final KeptInMemory store = new KeptInMemory();
    private final Set<String> changed = new HashSet<>();
    private ResolverCore core = start(ClientSettings.of("east-1:1"));

    @Test
    void theFirstQuestionWaitsForTheFirstAnswerAndTheNextDoesNot() {
        CompletableFuture<Resolution> first = ask(DOMAIN);
        assertThat(first).isNotDone();
        servers.say(EAST, Replies.reply("", Replies.answer(DOMAIN, "", "a:1")));
        loop.runDue();

        assertThat(addresses(first)).containsExactly("a:1");
        assertThat(addresses(ask(DOMAIN))).containsExactly("a:1");
        assertThat(changed).containsExactly(DOMAIN);
    }

    @Test
    void whenNobodyAnswersTheQuestionIsAnsweredAllTheSame() {
        CompletableFuture<Resolution> first = ask(DOMAIN);
        loop.advance(Duration.ofSeconds(2));
        assertThat(first.join()).isInstanceOf(Resolution.Unknown.class);
    }

    @Test
    void aDomainThatIsNotThereIsAbsent() {
        CompletableFuture<Resolution> first = ask("nonsense");
        servers.say(EAST, Replies.gone("", "nonsense"));
        loop.runDue();
        assertThat(first.join()).isEqualTo(new Resolution.Absent("nonsense"));
    }

    @Test
    void theNextPollNamesWhatIsKnown() {
        known("");
        loop.advance(Duration.ofMillis(50));
        assertThat(servers.asked(EAST).checksums()).containsEntry(DOMAIN, "a:1@");
        assertThat(servers.asked(EAST).timeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aNewDomainCutsThePollThatWaits() {
        known("");
        loop.advance(Duration.ofMillis(50));
        CompletableFuture<Resolution> second = ask("orders");
        assertThat(servers.asked(EAST).checksums()).containsKeys(DOMAIN, "orders");
        servers.say(EAST, Replies.reply("", Replies.answer("orders", "", "o:1")));
        loop.runDue();
        assertThat(addresses(second)).containsExactly("o:1");
    }

    @Test
    void answersStayAndAgeWhenTheServersAreGone() {
        known("");
        loop.advance(Duration.ofMillis(50));
        servers.fail(EAST);
        loop.advance(Duration.ofSeconds(30));

        ResolvedDomain found = found();
        assertThat(found.isOld()).isTrue();
        assertThat(found.age()).isBetween(Duration.ofSeconds(29), Duration.ofSeconds(31));
        assertThat(core.counters().isFresh()).isFalse();

        servers.heal(EAST);
        loop.advance(Duration.ofSeconds(6));
        servers.say(EAST, Replies.reply("", Replies.answer(DOMAIN, "", "a:2")));
        loop.runDue();
        assertThat(found().isOld()).isFalse();
        assertThat(changed).contains(DOMAIN);
    }

    @Test
    void serversThatAreLearnedAreFollowedBesideTheGivenOnes() {
        servers.list = list();
        known("7/east");
        loop.advance(Duration.ofMillis(50));
        assertThat(core.place().datacenter()).isEqualTo("east");
        assertThat(servers.asked(WEST).place().datacenter()).isEqualTo("east");

        servers.say(WEST, Replies.reply("8/west", Replies.answer(DOMAIN, "8/west", "b:1")));
        loop.runDue();
        assertThat(found().answer().endpoints()).hasSize(1);
        assertThat(found().addresses()).containsExactly(new Endpoint("b", 1));
        assertThat(store.kept.epoch()).as("on the disk before it is answered").isEqualTo(Replies.epoch("8/west"));

        servers.say(EAST, Replies.reply("7/east", Replies.answer(DOMAIN, "7/east", "a:9")));
        loop.advance(LONG);
        assertThat(found().addresses()).containsExactly(new Endpoint("b", 1));
        assertThat(core.counters().lowerEpochs()).isPositive();
    }

    @Test
    void anEpochThatIsTooFarAheadIsRefusedAndCounted() {
        known("7/east");
        loop.advance(Duration.ofMillis(50));
        servers.say(EAST, Replies.reply("1008/east", Replies.answer(DOMAIN, "1008/east", "x:1")));
        loop.runDue();
        assertThat(found().addresses()).containsExactly(new Endpoint("a", 1));
        assertThat(core.counters().farEpochs()).isEqualTo(1);
    }

    @Test
    void afterARestartTheSameIsAnsweredOldAndNothingOfALowerEpoch() {
        servers.list = list();
        known("7/east");
        loop.advance(Duration.ofSeconds(2));
        core.close();
        servers.fail(EAST);
        servers.fail(WEST);
        loop.advance(Duration.ofSeconds(60));

        core = start(ClientSettings.of("east-1:1"));
        ResolvedDomain found = found();
        assertThat(found.isOld()).isTrue();
        assertThat(found.age()).isGreaterThanOrEqualTo(Duration.ofSeconds(60));
        assertThat(found.addresses()).containsExactly(new Endpoint("a", 1));
        assertThat(core.servers().datacenters()).hasSize(2);

        servers.heal(WEST);
        loop.advance(Duration.ofSeconds(6));
        servers.say(WEST, Replies.reply("6/west", Replies.answer(DOMAIN, "6/west", "b:1")));
        loop.runDue();
        assertThat(found().addresses()).containsExactly(new Endpoint("a", 1));
        assertThat(found().isOld()).isTrue();
    }

    @Test
    void aDiskThatFailsTakesNoAnswerAway() {
        store.isBroken = true;
        known("7/east");
        assertThat(found().addresses()).containsExactly(new Endpoint("a", 1));
        assertThat(core.counters().failedSaves()).isPositive();

        store.isBroken = false;
        loop.advance(Duration.ofSeconds(2));
        assertThat(store.kept.epoch()).isEqualTo(Replies.epoch("7/east"));
    }

    @Test
    void answersOfOneEpochAreWrittenOnceASecondAtMost() {
        known("");
        int before = store.saves;
        for (int i = 0; i < 20; i++) {
            loop.advance(Duration.ofMillis(25));
            servers.say(EAST, Replies.reply("", Replies.answer(DOMAIN, "", "a:" + (2 + i))));
            loop.runDue();
        }
        assertThat(store.saves - before).isLessThanOrEqualTo(1);
        loop.advance(Duration.ofSeconds(1));
        assertThat(store.kept.answers().get(0).endpoints().get(0).address()).isEqualTo(new Endpoint("a", 21));
    }

    @Test
    void theDomainAskedForLongestAgoMakesRoomForANewOne() {
        IntStream.range(0, 1_000).forEach(i -> {
            ask("d" + i);
            loop.advance(Duration.ofMillis(1));
        });
        loop.advance(Duration.ofSeconds(3));
        ask("one-more");
        assertThat(core.find("d0").toString()).contains("not followed");
        assertThat(core.find("d1").toString()).doesNotContain("not followed");
        assertThat(servers.asked(EAST).checksums()).hasSizeLessThanOrEqualTo(1_000);
    }

    @Test
    void whileNobodyAnswersAnAnswerMakesNoRoomForAQuestion() {
        ServedAnswer[] answers = IntStream.range(0, 1_000)
                .mapToObj(i -> Replies.answer("d" + i, "", "a:" + (1 + i)))
                .toArray(ServedAnswer[]::new);
        IntStream.range(0, 1_000).forEach(i -> ask("d" + i));
        servers.say(EAST, Replies.reply("", answers));
        loop.advance(Duration.ofMillis(50));
        servers.fail(EAST);
        loop.advance(Duration.ofSeconds(1));

        CompletableFuture<Resolution> refused = ask("one-more");
        assertThat(refused).isDone();
        assertThat(refused.join().toString()).contains("no server answers");
        assertThat(core.find("d0").found()).isPresent();
        assertThat(core.counters().domains()).isEqualTo(1_000);
    }

    @Test
    void whatNobodyAsksForIsNotFollowedForEver() {
        known("");
        for (int i = 0; i < 12 * 6; i++) {
            loop.advance(Duration.ofSeconds(10));
            servers.say(EAST, Replies.reply(""));
            loop.runDue();
        }
        assertThat(core.find(DOMAIN).toString()).contains("not followed");
    }

    @Test
    void whatWasNeverAnsweredIsNotFollowedForEverWhileNobodyAnswers() {
        known("");
        ask("orders");
        servers.fail(EAST);
        loop.advance(Duration.ofMinutes(12));
        assertThat(core.find("orders").toString()).contains("not followed");
        assertThat(found().isOld()).isTrue();
    }

    @Test
    void whatServersRefuseIsSaidOnceWithTheirReason() {
        List<String> said = new ArrayList<>();
        Logger logger = Logger.getLogger(ResolverCore.class.getName());
        Handler handler = new ConsoleHandler() {
            @Override
            public synchronized void publish(LogRecord line) {
                said.add(new SimpleFormatter().formatMessage(line));
            }
        };
        handler.setLevel(Level.WARNING);
        logger.addHandler(handler);
        try {
            QuestionRefusedException refusal =
                    new QuestionRefusedException("/acvip/v1/poll", "{\"message\":\"group is empty\"}");
            core.onFailure("", EAST, refusal);
            core.onFailure("", WEST, refusal);
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(said).singleElement().asString().contains("east-1:1", "group is empty");
    }

    @Test
    void aServerThatSaysNothingNewAtOnceIsNotAskedWithoutEnd() {
        known("");
        servers.always = Replies.reply("");
        int before = servers.polls;
        loop.advance(Duration.ofSeconds(10));
        assertThat(servers.polls - before).isBetween(50, 110);
    }

    private ResolverCore start(ClientSettings settings) {
        ResolverCore made = new ResolverCore(
                settings, new ResolverCore.Ports(loop, servers, store, loop.clock(), new Random(1)), changed::addAll);
        made.restore();
        made.start();
        loop.runDue();
        return made;
    }

    private void known(String epoch) {
        CompletableFuture<Resolution> first = ask(DOMAIN);
        servers.say(EAST, Replies.reply(epoch, Replies.answer(DOMAIN, epoch, "a:1")));
        loop.runDue();
        assertThat(first).isDone();
        changed.clear();
    }

    private CompletableFuture<Resolution> ask(String domain) {
        CompletableFuture<Resolution> result = new CompletableFuture<>();
        loop.execute(() -> core.follow(domain, result));
        loop.runDue();
        return result;
    }

    private ResolvedDomain found() {
        return core.find(DOMAIN).found().orElseThrow();
    }

    private static List<String> addresses(CompletableFuture<Resolution> result) {
        return result.join().found().orElseThrow().addresses().stream()
                .map(Endpoint::toString)
                .toList();
    }

    private static ServerList list() {
        return new ServerList(
                Replies.epoch("7/east"),
                List.of(
                        new DatacenterServers("east", "ACTIVE", List.of(EAST)),
                        new DatacenterServers("west", "STANDBY", List.of(WEST))));
    }

    /** Servers that wait until they are told what to say. */
    private static final class ToldServers implements ResolverServers {
        private final Map<Endpoint, CompletableFuture<PollReply>> waiting = new java.util.HashMap<>();
        private final Map<Endpoint, PollQuestion> questions = new java.util.HashMap<>();
        private final Set<Endpoint> failing = new HashSet<>();
        private ServerList list = ServerList.EMPTY;
        private @org.jspecify.annotations.Nullable PollReply always;
        private int polls;

        @Override
        public CompletableFuture<PollReply> poll(Endpoint server, PollQuestion question) {
            polls++;
            questions.put(server, question);
            CompletableFuture<PollReply> call = new CompletableFuture<>();
            waiting.put(server, call);
            if (failing.contains(server)) {
                call.completeExceptionally(new IOException("refused"));
            } else if (always != null) {
                call.complete(always);
            }
            return call;
        }

        @Override
        public CompletableFuture<ServerList> servers(Endpoint server) {
            return failing.contains(server)
                    ? CompletableFuture.failedFuture(new IOException("refused"))
                    : CompletableFuture.completedFuture(list);
        }

        @Override
        public void close() {
            failing.addAll(new ArrayList<>(questions.keySet()));
        }

        private void say(Endpoint server, PollReply reply) {
            waiting.getOrDefault(server, new CompletableFuture<>()).complete(reply);
        }

        private void fail(Endpoint server) {
            failing.add(server);
            waiting.getOrDefault(server, new CompletableFuture<>()).completeExceptionally(new IOException("reset"));
        }

        private void heal(Endpoint server) {
            failing.remove(server);
        }

        private PollQuestion asked(Endpoint server) {
            return java.util.Objects.requireNonNull(questions.get(server), () -> "nobody asked " + server);
        }
    }

    /** A disk that may be broken. */
    private static final class KeptInMemory implements AnswerStore {
        private KeptAnswers kept = KeptAnswers.NOTHING;
        private boolean isBroken;
        private int saves;

        @Override
        public KeptAnswers load() {
            return kept;
        }

        @Override
        public void save(KeptAnswers saved) throws IOException {
            if (isBroken) {
                throw new IOException("no space left on device");
            }
            saves++;
            kept = saved;
        }

        @Override
        public void close() {
            isBroken = true;
        }
    }
}
