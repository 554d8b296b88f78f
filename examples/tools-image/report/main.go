// Report says how much the files below a directory take, by the ending of their names.
package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
)

func main() {
	root := "."
	if len(os.Args) > 1 {
		root = os.Args[1]
	}
	sizes := map[string]int64{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return fs.SkipDir
		}
		if entry.IsDir() && (path == "/proc" || path == "/sys") {
			return fs.SkipDir
		}
		if info, err := entry.Info(); err == nil && info.Mode().IsRegular() {
			sizes[filepath.Ext(path)] += info.Size()
		}
		return nil
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, "report:", err)
		os.Exit(1)
	}
	endings := make([]string, 0, len(sizes))
	for ending := range sizes {
		endings = append(endings, ending)
	}
	sort.Slice(endings, func(i, j int) bool { return sizes[endings[i]] > sizes[endings[j]] })
	for _, ending := range endings[:min(10, len(endings))] {
		fmt.Printf("%10d %s\n", sizes[ending], ending)
	}
}
