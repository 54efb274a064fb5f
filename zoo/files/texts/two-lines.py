for bird in birds:
    print(bird)
