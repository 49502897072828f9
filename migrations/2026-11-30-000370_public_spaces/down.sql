DROP TABLE public_space;
