package io.twinspan.registry.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.Endpoint;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoryTextTest {
    private static final Story STORY = new Story(
            "official SOFARegistry client 6.5.6",
            Endpoint.parse("127.0.0.1:9600"),
            Endpoint.parse("127.0.0.1:10600"),
            12.3,
            45.6,
            7.8,
            List.of(Story.FIRST_ADDRESS, Story.SECOND_ADDRESS));
    private static final List<RunningProcess> PROCESSES = List.of(
            new RunningProcess("kafka", 11, 0, "/d/logs/kafka/console.log"),
            new RunningProcess("east", 12, 0, "/d/logs/east/console.log"),
            new RunningProcess("west", 13, 0, "/d/logs/west/console.log"));

    @Test
    void theStoryNamesAddressesPortsPidsLogsAndTimes() {
        assertThat(text(false))
                .contains("127.0.0.1:9600", "127.0.0.1:10600", "12 ms", "46 ms", "8 ms")
                .contains("12 ", "logs/west", "127.0.0.1:19092", "clients 10600", "kill -9 12", "tw demo start east")
                .contains("until you press Ctrl-C");
    }

    @Test
    void aDetachedStoryDoesNotPromiseWhatHasGone() {
        String text = text(true);

        assertThat(text).contains("have gone with this command").contains("demo stop --home /d");
        assertThat(text.indexOf("tw publish")).isLessThan(text.indexOf("tw get"));
    }

    @Test
    void theUsualFolderNeedsNoOption() {
        String text = String.join(
                "\n", new StoryText(DemoHome.ofUser("/home/me"), Layout.ONE, "tw").lines(STORY, PROCESSES, true));

        assertThat(text).contains("/home/me/.twinspan/demo").doesNotContain("--home");
    }

    @Test
    void ofSeveralNodesEachIsATableRowAndTheLastDataNodeIsTheOneToKill() {
        List<RunningProcess> processes = Layout.SEPARATE.processes().stream()
                .map(name -> new RunningProcess(name, 100 + name.hashCode() % 50, 0, "/d/" + name))
                .toList();
        StoryText text = new StoryText(new DemoHome(Path.of("/d")), Layout.SEPARATE, "tw");

        assertThat(text.lines(STORY, processes, false))
                .anyMatch(line -> line.matches(
                        "  west-session-2 +[0-9]+ +session +127.0.2.2  clients 9600  HTTP session 9603 .*"))
                .anyMatch(line -> line.startsWith("  kill -9 ") && line.contains("# east-data-3"))
                .anyMatch(line -> line.contains("publish") && line.endsWith("--server 127.0.1.1:9603"));
    }

    private static String text(boolean isDetached) {
        return String.join(
                "\n", new StoryText(new DemoHome(Path.of("/d")), Layout.ONE, "tw").lines(STORY, PROCESSES, isDetached));
    }
}
