#include <stdio.h>
#include <string.h>

/* Counts the words of its standard input. */
int main(void) {
    int c, inside = 0;
    unsigned long words = 0;
    while ((c = getchar()) != EOF) {
        if (strchr(" \t\n", c) != NULL) {
            inside = 0;
        } else if (!inside) {
            inside = 1;
            words++;
        }
    }
    printf("%lu words\n", words);
    return 0;
}
