// Counts the words of /words.txt with strings, maps and streams of the C++ library, and writes what it found to /counts.txt.
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

struct File {
    FILE *handle;
    File(const char *path, const char *mode) : handle(std::fopen(path, mode)) {}
    ~File() { if (handle) std::fclose(handle); }
    void write(const std::string &text) const { std::fwrite(text.data(), 1, text.size(), handle); }
    std::string read() const {
        std::string text;
        for (char part[100]; size_t count = std::fread(part, 1, sizeof part, handle);) text.append(part, count);
        return text;
    }
};

int main() {
    for (int i = 0; i < 500; i++)
        File("/words.txt", "a").write("word" + std::to_string(i % 7) + (i % 3 ? ' ' : '\n') + "pearl ");

    std::map<std::string, int> counts;
    std::istringstream text(File("/words.txt", "r").read());
    for (std::string word; text >> word;) counts[word]++;

    std::vector<std::pair<std::string, int>> sorted(counts.begin(), counts.end());
    std::stable_sort(sorted.begin(), sorted.end(), [](auto &one, auto &other) { return one.second > other.second; });
    std::ostringstream result;
    for (auto &[word, count] : sorted) result << word << ' ' << count << '\n';
    File("/counts.txt", "w").write(result.str());

    std::string again = File("/counts.txt", "r").read();
    std::cout << "bytes: " << again.size() << '\n' << again << "missing: " << !File("/missing.txt", "r").handle << '\n';
}
