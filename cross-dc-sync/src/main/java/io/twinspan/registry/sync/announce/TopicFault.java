package io.twinspan.registry.sync.announce;

/**
 * One reason why a topic that exists cannot be used.
 *
 * @param setting of the topic, in the words of the system that holds it
 * @param found its value
 * @param wanted a value that would do
 * @param remedy what an operator does about it
 */
public record TopicFault(String topic, String setting, String found, String wanted, String remedy) {
    /** All of it in one line. */
    public String sentence() {
        return "topic " + topic + " has " + setting + "=" + found + " and must have " + wanted + ": " + remedy;
    }
}
